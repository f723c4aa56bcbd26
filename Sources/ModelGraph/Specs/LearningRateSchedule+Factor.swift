#if canImport(Glibc)
  import Glibc
#endif

extension LearningRateSchedule {
  /// The factor of the base learning rate at a step: 1/(w + 1), …, w/(w + 1) for w steps of warm-up,
  /// 1 at the next, `floor` at the last.
  ///
  /// The same as PyTorch's `SequentialLR` of `LinearLR(1/(w + 1), total_iters=w)` and a `LinearLR` or
  /// `CosineAnnealingLR` over the other steps but one.
  ///
  /// - Parameters:
  ///   - step: from 1.
  ///   - steps: of the whole run.
  public func factor(step: Int, of steps: Int) -> Double {
    let warmup = warmupSteps
    if step <= warmup { return Double(step) / Double(warmup + 1) }
    let span = max(1, steps - warmup - 1)
    let progress = min(1, Double(step - warmup - 1) / Double(span))
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
