import FoundationEssentials
import Glibc

/// The processor as the kernel describes it.
struct Processor {
  /// Its name; nil where the kernel gives none.
  let model: String?
  /// Cores that are switched on.
  let cores: Int

  init() {
    model = SystemFile.lines("/proc/cpuinfo").first { $0.hasPrefix("model name") }
      .flatMap { $0.split(separator: ":", maxSplits: 1).last }
      .map { String($0.drop { $0 == " " }) }
    cores = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  }
}

/// What this process may use of the machine's memory, in bytes; nil is unknown or unlimited.
struct MemoryLimits {
  let total: Int?
  let available: Int?
  /// The address space: `ulimit -v`.
  let addressSpace: Int?
  /// The control group's `memory.max`, of the first version `memory.limit_in_bytes`.
  let group: Int?

  init() {
    let lines = SystemFile.lines("/proc/meminfo")
    func kibibytes(_ name: String) -> Int? {
      lines.first { $0.hasPrefix("\(name):") }
        .flatMap { $0.split(separator: " ").dropFirst().first }
        .flatMap { Int($0) }.map { $0 << 10 }
    }
    total = kibibytes("MemTotal")
    available = kibibytes("MemAvailable")
    addressSpace = Self.limit(RLIMIT_AS)
    group = Self.groupLimit(below: total ?? .max)
  }

  private static func limit(_ resource: __rlimit_resource) -> Int? {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(resource.rawValue), &limit) == 0 else { return nil }
    return Int(exactly: limit.rlim_cur)
  }

  /// The first version says "no limit" by a number larger than the memory.
  private static func groupLimit(below total: Int) -> Int? {
    let own = SystemFile.lines("/proc/self/cgroup").compactMap { line -> String? in
      line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).last.map(
        String.init)
    }
    let files =
      own.map { "/sys/fs/cgroup\($0)/memory.max" } + [
        "/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes",
      ]
    return files.lazy.compactMap { SystemFile.lines($0).first.flatMap { Int($0) } }
      .first { $0 < total }
  }
}

/// Files of the kernel's own file systems.
enum SystemFile {
  /// The lines of a file; none where it can't be read.
  static func lines(_ path: String) -> [String] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var lines: [String] = []
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    while getline(&line, &capacity, file) > 0, lines.count < 4096 {
      guard let line else { break }
      lines.append(String(String(cString: line).prefix { $0 != "\n" }))
    }
    return lines
  }
}
