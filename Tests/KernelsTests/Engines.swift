import Kernels
import Testing

/// Both instruction sets, as far as this machine has them, and one, two and three threads.
enum Engines {
  static let all: [Kernels] = [
    (.avx2, 1), (.avx2, 2), (.avx2, 3), (.avx512, 1), (.avx512, 2), (.avx512, 3),
  ].compactMap { choice, threads in try? Kernels(instructionSet: choice, threads: threads) }

  /// Computes with every engine, expects the same bits from all, and returns the first's values.
  static func agree(
    sourceLocation: SourceLocation = #_sourceLocation, _ compute: (Kernels) -> [[Float]]
  ) throws -> [[Float]] {
    let first = try #require(all.first, "no engine on this machine")
    let reference = compute(first)
    for engine in all.dropFirst() {
      let values = compute(engine)
      for (index, (expected, actual)) in zip(reference, values).enumerated() {
        let differing = zip(expected, actual).filter { $0.bitPattern != $1.bitPattern }.count
        #expect(
          differing == 0,
          "output \(index): \(differing) values differ on \(engine.instructionSet) × \(engine.threads)",
          sourceLocation: sourceLocation)
      }
    }
    return reference
  }
}
