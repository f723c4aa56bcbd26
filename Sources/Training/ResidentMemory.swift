import Glibc
import Records

/// What the kernel says that this process occupies: a measure that owes nothing to the plan.
enum ResidentMemory {
  /// Forgets the highest value so far; without a `/proc` that allows it, nothing happens.
  static func forgetPeak() {
    guard let file = fopen("/proc/self/clear_refs", "w") else { return }
    fputs("5", file)
    fclose(file)
  }

  /// Bytes now and at the highest since ``forgetPeak()``; nil without a `/proc`.
  static func measured() -> (now: Int, peak: Int)? {
    guard let file = fopen("/proc/self/status", "r") else { return nil }
    defer { fclose(file) }
    var sizes: [String: Int] = [:]
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), file) != nil {
      let text = String(
        decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      let words = text.split { $0 == ":" || $0.isWhitespace }
      guard words.count > 1, ["VmHWM", "VmRSS"].contains(words[0]) else { continue }
      sizes[String(words[0])] = Int(words[1]).map { $0 * 1024 }
    }
    guard let now = sizes["VmRSS"], let peak = sizes["VmHWM"] else { return nil }
    return (now, peak)
  }
}
