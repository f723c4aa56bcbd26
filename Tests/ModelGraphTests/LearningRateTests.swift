import ModelGraph
import Testing

@Suite("Learning rates")
struct LearningRateTests {
  private func factors(_ schedule: LearningRateSchedule, steps: Int) -> [Double] {
    (1...steps).map { schedule.factor(step: $0, of: steps) }
  }

  private func expectClose(
    _ actual: [Double], _ expected: [Double], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(
      actual.count == expected.count && zip(actual, expected).allSatisfy { abs($0 - $1) < 1e-12 },
      "\(actual) is not \(expected)", sourceLocation: sourceLocation)
  }

  // The expected numbers are PyTorch 2.13's: SequentialLR of LinearLR(1/(w + 1), total_iters=w) and
  // ConstantLR, LinearLR or CosineAnnealingLR(steps − w − 1), the rate before each step.

  @Test("A constant rate is the base rate, after linear growth if there is a warm-up")
  func constant() {
    expectClose(factors(.constant(warmup: 0), steps: 3), [1, 1, 1])
    expectClose(factors(.constant(warmup: 3), steps: 6), [0.25, 0.5, 0.75, 1, 1, 1])
  }

  @Test("A linear rate grows to the base rate after the warm-up and falls to its floor at the end")
  func linear() {
    expectClose(factors(.linear(warmup: 0, floor: 0), steps: 5), [1, 0.75, 0.5, 0.25, 0])
    expectClose(
      factors(.linear(warmup: 2, floor: 0.2), steps: 7), [1.0 / 3, 2.0 / 3, 1, 0.8, 0.6, 0.4, 0.2])
  }

  @Test("A cosine rate is PyTorch's CosineAnnealingLR after PyTorch's LinearLR")
  func cosine() {
    expectClose(
      factors(.cosine(warmup: 0, floor: 0), steps: 5),
      [1, 0.8535533905932737, 0.5, 0.14644660940672624, 0])
    expectClose(
      factors(.cosine(warmup: 3, floor: 0.1), steps: 8),
      [0.25, 0.5, 0.75, 1, 0.868198051533946, 0.55, 0.23180194846605363, 0.1])
  }

  @Test("One cycle is PyTorch's OneCycleLR, also where a phase is shorter than a step")
  func oneCycle() {
    func cycle(_ growth: Double) -> LearningRateSchedule {
      .oneCycle(LearningRateSchedule.OneCycle(growth: growth, startDivisor: 4, endDivisor: 10))
    }
    expectClose(
      factors(cycle(0.95), steps: 5),
      [0.25, 0.37407602261542816, 0.6641981737253699, 0.9283813728906053, 0.025])
    expectClose(
      factors(cycle(0.05), steps: 5),
      [0.9412434537131634, 0.7083265195183227, 0.39282582501886043, 0.1277940016692582, 0.025])
    expectClose(factors(cycle(0.3), steps: 2), [0.8164512784061325, 0.025])
  }

  @Test("A run of one step, or one that ends in its warm-up, has a rate too")
  func shortRuns() {
    expectClose(factors(.cosine(warmup: 0, floor: 0), steps: 1), [1])
    expectClose(factors(.linear(warmup: 5, floor: 0), steps: 2), [1.0 / 6, 2.0 / 6])
  }
}
