import KernelTable
import KernelsAVX2
import KernelsAVX512

/// The operations on floats: loops built for two instruction sets, matrix products, and a pool.
///
/// All data is f32, row-major and dense unless a stride is given. An operation reads and writes
/// only what its pointers and sizes say, allocates nothing, and takes its scratch from the caller:
/// `Workspace` in KernelTable tells how much. Tiles are fixed by shapes, so every result has the
/// same bits for any thread count. Wrong sizes are errors of the caller's code and trap.
public struct Kernels: Sendable {
  /// Which instruction set to use.
  public enum Choice: Sendable {
    /// The widest that this machine runs.
    case automatic
    /// AVX2 and FMA.
    case avx2
    /// AVX-512.
    case avx512
  }

  /// The instruction set in use; any of them gives the same bits.
  public let instructionSet: InstructionSet
  /// The threads that work.
  public let pool: ThreadPool
  let table: any KernelTable

  /// Chooses an instruction set and starts the threads.
  ///
  /// - Throws: `KernelsUnavailable` if this machine lacks the instruction set, or has none at all.
  public init(
    instructionSet choice: Choice = .automatic, threads: Int
  ) throws(KernelsUnavailable) {
    instructionSet = try Self.resolve(choice)
    table =
      instructionSet == .avx512 ? KernelsAVX512.kernelTable() : KernelsAVX2.kernelTable()
    pool = ThreadPool(threads: threads)
  }

  /// How many threads work.
  public var threads: Int { pool.threads }

  private static func resolve(_ choice: Choice) throws(KernelsUnavailable) -> InstructionSet {
    let features = InstructionSet.cpuFeatures()
    func missing(_ set: InstructionSet) -> [String] {
      set.features.filter { !features.contains($0) }
    }
    let wanted: InstructionSet
    switch choice {
    case .automatic: wanted = missing(.avx512).isEmpty ? .avx512 : .avx2
    case .avx2: wanted = .avx2
    case .avx512: wanted = .avx512
    }
    guard missing(wanted).isEmpty else {
      throw KernelsUnavailable(wanted: wanted, missing: missing(wanted))
    }
    return wanted
  }
}
