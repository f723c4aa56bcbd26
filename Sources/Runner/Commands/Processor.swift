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
