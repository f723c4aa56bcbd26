import ModelGraph

extension BodyReader {
  private static let schedules: [(name: String, keys: [String])] = [
    ("constant", ["warmup"]), ("linear", ["warmup", "floor"]), ("cosine", ["warmup", "floor"]),
    ("step", ["warmup", "every", "gamma"]),
    ("one_cycle", ["pct_start", "div_factor", "final_div_factor"]),
  ]

  /// `constant`, `{linear: {warmup: 10}}`, `{cosine: {warmup: 10, floor: 0.1}}`,
  /// `{step: {every: 30}}`, `{one_cycle: {pct_start: 0.3}}`.
  func schedule(_ node: YAMLNode?) -> LearningRateSchedule {
    let known = Self.schedules.map(\.name)
    guard let node, let choice = variant(node, "schedule", known: known) else {
      return .constant(warmup: 0)
    }
    let keys = details(
      of: choice, keys: Self.schedules.first { $0.name == choice.name }?.keys ?? [])
    let warmup = keys?.integer("warmup", 0...BodyLimits.steps.upperBound, default: 0) ?? 0
    let floor = keys?.number("floor", .fraction, default: 0) ?? 0
    switch choice.name {
    case "constant": return .constant(warmup: warmup)
    case "linear": return .linear(warmup: warmup, floor: floor)
    case "cosine": return .cosine(warmup: warmup, floor: floor)
    case "step": return stepped(choice, keys, warmup: warmup)
    default: return .oneCycle(oneCycle(keys))
    }
  }

  private func stepped(
    _ choice: Variant, _ keys: KeyedValues?, warmup: Int
  ) -> LearningRateSchedule {
    guard let keys else {
      note(.missingKey("every", owner: "schedule step"), at: choice.range)
      return .constant(warmup: warmup)
    }
    return .step(
      warmup: warmup, every: keys.integer("every", BodyLimits.steps) ?? 1,
      gamma: keys.number("gamma", .fraction, default: 0.1) ?? 0.1)
  }

  private func oneCycle(_ keys: KeyedValues?) -> LearningRateSchedule.OneCycle {
    let usual = LearningRateSchedule.OneCycle()
    func divisor(_ key: String, _ fallback: Double) -> Double {
      keys?.number(key, .positive, default: fallback) ?? fallback
    }
    return LearningRateSchedule.OneCycle(
      growth: keys?.number("pct_start", .properFraction, default: usual.growth) ?? usual.growth,
      startDivisor: divisor("div_factor", usual.startDivisor),
      endDivisor: divisor("final_div_factor", usual.endDivisor))
  }
}
