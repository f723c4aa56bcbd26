import Glibc

/// The builds of the kernels: the same sources for two instruction sets, with the same bits.
public enum InstructionSet: String, Hashable, Sendable, CaseIterable {
  /// AVX2 and FMA (x86-64-v3).
  case avx2
  /// AVX-512 F, BW, CD, DQ and VL (x86-64-v4).
  case avx512

  /// The names, in /proc/cpuinfo, of the extensions that the build uses.
  var features: [String] {
    let v3 = ["avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "abm", "movbe"]
    let v4 = ["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"]
    return self == .avx2 ? v3 : v3 + v4
  }

  /// The instruction sets that this machine runs, the widest last.
  public static func supported() -> [InstructionSet] {
    let features = cpuFeatures()
    return allCases.filter { $0.features.allSatisfy(features.contains) }
  }

  /// The extensions that the kernel reports for the first CPU: what the CPU has and the operating
  /// system saves, which CPUID alone doesn't tell.
  static func cpuFeatures() -> Set<String> {
    guard let file = fopen("/proc/cpuinfo", "r") else { return [] }
    defer { fclose(file) }
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    while getline(&line, &capacity, file) > 0 {
      guard let line else { break }
      let text = String(cString: line)
      guard text.hasPrefix("flags"), let colon = text.firstIndex(of: ":") else { continue }
      return Set(text[colon...].dropFirst().split(whereSeparator: \.isWhitespace).map(String.init))
    }
    return []
  }
}
