#if canImport(Glibc)
  import Glibc
#endif

extension LearningRateSchedule {
  /// The factor of the base learning rate at a step: 1/(w + 1), …, w/(w + 1) for w steps of warm-up,
  /// 1 at the next, `floor` at the last.
  ///
  /// The same as PyTorch's `SequentialLR` of `LinearLR(1/(w + 1), total_iters=w)` and a `LinearLR`,
  /// `CosineAnnealingLR` or `StepLR` over the other steps but one; and as `OneCycleLR`.
  ///
  /// - Parameters:
  ///   - step: from 1.
  ///   - steps: of the whole run.
  public func factor(step: Int, of steps: Int) -> Double {
    if step <= warmup { return Double(step) / Double(warmup + 1) }
    let span = max(1, steps - warmup - 1)
    let progress = min(1, Double(step - warmup - 1) / Double(span))
    switch self {
    case .constant: return 1
    case .linear(_, let floor): return 1 + (floor - 1) * progress
    case .cosine(_, let floor): return floor + (1 - floor) * 0.5 * (1 + cos(.pi * progress))
    case .step(_, let every, let gamma): return gamma.power((step - warmup - 1) / every)
    case .oneCycle(let cycle): return cycle.factor(step: step, of: steps)
    }
  }
}

extension LearningRateSchedule.OneCycle {
  /// PyTorch's `OneCycleLR` with its two phases and cosines; momentum stays as it is.
  fileprivate func factor(step: Int, of steps: Int) -> Double {
    let (now, end) = (Double(step - 1), Double(steps - 1))
    // Below 0 where growth takes less than a step: the run then begins behind the top.
    let top = growth * Double(steps) - 1
    let (start, last) = (1 / startDivisor, 1 / startDivisor / endDivisor)
    if now <= top, top > 0 { return Self.between(start, 1, progress: now / top) }
    return Self.between(1, last, progress: end > top ? min(1, (now - top) / (end - top)) : 0)
  }

  /// Half a cosine from one value to another.
  private static func between(_ start: Double, _ end: Double, progress: Double) -> Double {
    end + (start - end) / 2 * (1 + cos(.pi * progress))
  }
}

extension Double {
  /// self^exponent by squaring: the same bits on every machine, unlike libm's.
  fileprivate func power(_ exponent: Int) -> Double {
    var (result, square, rest) = (1.0, self, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result *= square }
      square *= square
      rest >>= 1
    }
    return result
  }
}
