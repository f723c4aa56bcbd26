import Glibc

/// The machine that a benchmark ran on.
struct Machine: Equatable {
  /// The processor's model name.
  var processor: String
  /// Cores that the program may use.
  var cores: Int
  /// Bytes of memory.
  var memory: Int
  /// The kernel's name and release.
  var kernel: String
}

extension Machine {
  /// The machine that this runs on.
  static func current() -> Machine {
    var system = utsname()
    uname(&system)
    return Machine(
      processor: processorName(),
      cores: sysconf(Int32(_SC_NPROCESSORS_ONLN)),
      memory: sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE)),
      kernel: "\(text(of: system.sysname)) \(text(of: system.release))")
  }

  private static func processorName() -> String {
    guard let file = fopen("/proc/cpuinfo", "r") else { return "unknown" }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 512)
    while fgets(&line, Int32(line.count), file) != nil {
      let text = String(
        decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      guard text.hasPrefix("model name"), let colon = text.firstIndex(of: ":") else { continue }
      return String(text[text.index(after: colon)...].filter { $0 != "\n" }.drop { $0 == " " })
    }
    return "unknown"
  }

  /// The text in a C array of characters up to its first zero.
  private static func text<Characters>(of characters: Characters) -> String {
    withUnsafeBytes(of: characters) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}
