/// Why there are no kernels for this machine.
public struct KernelsUnavailable: Error, Hashable, Sendable, CustomStringConvertible {
  /// The instruction set that was asked for, or the least that would do.
  public let wanted: InstructionSet
  /// The extensions that it needs and this machine lacks, in /proc/cpuinfo's words.
  public let missing: [String]

  /// One sentence with the fault and the remedy.
  public var description: String {
    let remedy =
      wanted == .avx512
      ? "use numerics: portable, which needs only AVX2"
      : "run on an x86-64 CPU with AVX2 and FMA (Intel Haswell or AMD Zen, or later)"
    return "this CPU lacks \(missing.joined(separator: ", ")), which the "
      + "\(wanted == .avx512 ? "AVX-512" : "AVX2") kernels need; \(remedy)"
  }
}
