import TestSupport
import Testing

@testable import Checkpointing

@Suite("The chain solver against exhaustive search")
struct ChainSolverTests {
  /// What plans are like beside the best schedules within the same bytes.
  private struct Comparison {
    /// Chains and numbers of bytes for which some schedule exists.
    var feasible = 0
    var equal = 0
    var below = 0
    /// Those for which the solver finds none.
    var infeasible = 0
    /// Time of a step above the least, as a fraction, of each plan that is not the best.
    var excesses: [Double] = []
    var meanExcess: Double { excesses.reduce(0, +) / Double(max(1, excesses.count)) }

    mutating func note(_ found: Double?, best: Int, stepSeconds: Double) {
      feasible += 1
      guard let found else { return infeasible += 1 }
      if found < Double(best) { below += 1 }
      if found == Double(best) { equal += 1 }
      if found > Double(best) {
        excesses.append((found - Double(best)) / (stepSeconds + Double(best)))
      }
    }
  }

  /// Compares chains, each within a random number of bytes, from less than any schedule takes to
  /// what holds everything.
  private static func comparison(_ count: Int, holdsInputs: Bool) -> Comparison {
    var result = Comparison()
    var random = RepeatableGenerator(seed: 4)
    while result.feasible < count {
      let chain = Self.chain(&random)
      // Slots of one byte: no plan is worse for rounding.
      let solver = ChainSolver(chain, slots: 400)
      let least = (0..<400).first { solver.leastSeconds(slots: $0) != nil } ?? 0
      let most = (0..<400).first { solver.leastSeconds(slots: $0) == 0 } ?? 0
      let limit = Int.random(in: max(1, least - 3)...most, using: &random)
      var search = ScheduleSearch(chain, limit: limit, holdsInputs: holdsInputs)
      guard let best = search.leastSeconds() else { continue }
      // The backward pass takes twice as long as the forward pass.
      let seconds = 3 * chain.stages.reduce(0) { $0 + $1.forwardSeconds }
      result.note(solver.leastSeconds(slots: limit), best: best, stepSeconds: seconds)
    }
    return result
  }

  @Test(
    "Plans of 400 random chains are never below the optimum, never infeasible where a schedule exists, in 95 of 100 cases optimal, else 7 % above at most in the mean"
  )
  func optimal() {
    let comparison = Self.comparison(400, holdsInputs: true)
    #expect(comparison.below == 0)
    #expect(comparison.infeasible == 0)
    #expect(comparison.equal >= 380, "\(comparison.equal) of 400")
    #expect(comparison.meanExcess <= 0.07, "\(comparison.meanExcess)")
  }

  @Test(
    "Schedules that drop what enters a stage while the stage holds values are never slower, and at most 7 % faster in the mean"
  )
  func withoutInputs() {
    let comparison = Self.comparison(100, holdsInputs: false)
    #expect(comparison.below == 0)
    #expect(comparison.meanExcess <= 0.07, "\(comparison.meanExcess) of \(comparison.excesses)")
  }

  @Test(
    "With fewer slots plans keep within their bytes and are never below the optimum",
    arguments: 0..<40)
  func slots(seed: Int) {
    var random = RepeatableGenerator(seed: 1000 + seed)
    let chain = Self.chain(&random)
    let solver = ChainSolver(chain, slots: 24)
    for slots in stride(from: 0, to: 24, by: 3) {
      guard let found = solver.leastSeconds(slots: slots) else { continue }
      var search = ScheduleSearch(
        chain, limit: Int(Double(slots) * solver.slot), holdsInputs: true)
      let best = search.leastSeconds()
      #expect(best.map { Double($0) <= found } ?? false, "\(slots) slots")
    }
  }

  // MARK: - Chains

  /// A chain of stages that are unlike one another, its sizes and times small whole numbers.
  private static func chain(_ random: inout RepeatableGenerator) -> Chain {
    func size(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    let count = size(3...5)
    let values = (0...count).map { _ in size(1...8) }
    let ownGradients = (0..<count).map { _ in size(0...3) }
    let stages = (0..<count).map { index in
      let forward = size(1...9)
      let later = ownGradients[(index + 1)...].reduce(0, +)
      return Stage(
        operations: index..<index + 1, outputBytes: values[index + 1],
        forwardSeconds: Double(forward),
        forwardBytes: values[index] + values[index + 1] + size(0...3),
        backwardBytes: values[index] + values[index + 1] + size(0...4),
        gradientBytes: later + ownGradients[index], laterGradientBytes: later,
        options: options(forwardSeconds: forward, &random))
    }
    return Chain(stages: stages + [loss(values[count] + size(0...4), at: count)])
  }

  private static func loss(_ bytes: Int, at position: Int) -> Stage {
    let nothing = SaveOption(kept: [], keepsAll: true, byteCount: 0, seconds: 0, repeatedBytes: 0)
    return Stage(
      operations: position..<position, outputBytes: 0, forwardSeconds: 1, forwardBytes: bytes,
      backwardBytes: 0, gradientBytes: 0, laterGradientBytes: 0, options: [nothing])
  }

  /// Everything held, in half of the stages also a part of it, and nothing.
  private static func options(
    forwardSeconds: Int, _ random: inout RepeatableGenerator
  ) -> [SaveOption] {
    let all = Int.random(in: 2...12, using: &random)
    let part = Int.random(in: 1..<all, using: &random)
    let seconds = Int.random(in: 1...forwardSeconds, using: &random)
    let choices = [(all, 0)] + (random.oneIn(2) ? [(part, seconds)] : []) + [(0, forwardSeconds)]
    return choices.map { bytes, seconds in
      SaveOption(
        kept: [], keepsAll: bytes == all, byteCount: bytes, seconds: Double(seconds),
        repeatedBytes: all - bytes)
    }
  }
}
