#if canImport(Glibc)
  import Glibc
#endif

extension LearningRateSchedule {
  /// The factor of the base learning rate at a step.
  ///
  /// - Parameters:
  ///   - step: from 1.
  ///   - steps: of the whole run.
  public func factor(step: Int, of steps: Int) -> Double {
    let warmup = warmupSteps
    if step <= warmup { return Double(step) / Double(warmup + 1) }
    let span = max(1, steps - warmup)
    let progress = min(1, Double(step - warmup) / Double(span))
    switch self {
    case .constant: return 1
    case .linear(_, let floor): return 1 + (floor - 1) * progress
    case .cosine(_, let floor): return floor + (1 - floor) * 0.5 * (1 + cos(.pi * progress))
    }
  }

  private var warmupSteps: Int {
    switch self {
    case .constant(let warmup), .linear(let warmup, _), .cosine(let warmup, _): warmup
    }
  }
}
