import ModelGraph
import Testing

@Suite("Learning rates against PyTorch")
struct PyTorchScheduleTests {
  @Test("The rate of every step is that of PyTorch's schedulers")
  func rates() throws {
    let cases = try Fixture("schedules").cases
    #expect(cases.count == 10)
    for each in cases {
      let steps = Int(try each.number("steps"))
      let schedule = try each.schedule
      let rates = (1...steps).map { Float(schedule.factor(step: $0, of: steps)) }
      expectPyTorch(rates, try each.floats("rates"), "\(each.name), \(schedule)")
    }
  }
}

extension Fixture.Case {
  /// The schedule of the settings.
  fileprivate var schedule: LearningRateSchedule {
    get throws {
      let warmup = (try? number("warmup")).map { Int($0) } ?? 0
      switch name {
      case "constant": return .constant(warmup: warmup)
      case "linear": return .linear(warmup: warmup, floor: 0.2)
      case "cosine": return .cosine(warmup: warmup, floor: 0.1)
      case "step": return .step(warmup: warmup, every: 3, gamma: 0.5)
      default:
        return .oneCycle(
          LearningRateSchedule.OneCycle(
            growth: try number("pct_start"), startDivisor: try number("div_factor"),
            endDivisor: try number("final_div_factor")))
      }
    }
  }
}
