import Glibc

/// What this process may use of the machine's memory, in bytes; nil is unknown or unlimited.
struct MemoryLimits {
  let total: Int?
  let available: Int?
  /// What may be written out to make room.
  let swap: Int?
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
    swap = kibibytes("SwapTotal")
    available = kibibytes("MemAvailable")
    addressSpace = Self.limit(RLIMIT_AS)
    group = Self.groupLimit(below: total ?? .max)
  }

  /// More than this no process gets: it is refused, or killed.
  var most: Int? {
    [total.map { $0 + (swap ?? 0) }, addressSpace, group].compactMap(\.self).min()
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
    // A group has no more than the groups around it.
    let groups = own.flatMap { path in
      let names = path.split(separator: "/")
      return names.indices.map { names[...$0].map { "/" + $0 }.joined() }
    }
    let files =
      ([""] + groups).flatMap { group in
        [
          "/sys/fs/cgroup\(group)/memory.max",
          "/sys/fs/cgroup/memory\(group)/memory.limit_in_bytes",
        ]
      }
    return files.compactMap { SystemFile.lines($0).first.flatMap { Int($0) } }
      .filter { $0 < total }.min()
  }
}
