import ModelGraph

extension BodyReader {
  /// `adamw`, `{adamw: {lr: 1e-4}}`, `{sgd: {lr: 0.1, momentum: 0.9}}`; AdamW by default.
  ///
  /// The constants' defaults are PyTorch's.
  func optimizer(_ node: YAMLNode?) -> OptimizerSpec {
    let usual = OptimizerSpec.adamw(
      learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01)
    guard let node, let choice = variant(node, "optimizer", known: ["adamw", "sgd"]) else {
      return usual
    }
    let keys = details(
      of: choice,
      keys: choice.name == "adamw"
        ? ["lr", "betas", "eps", "weight_decay"] : ["lr", "momentum", "weight_decay"])
    return choice.name == "adamw" ? adamw(keys) : sgd(keys)
  }

  private func sgd(_ keys: KeyedValues?) -> OptimizerSpec {
    .sgd(
      learningRate: Float(keys?.number("lr", .notNegative, default: 1e-3) ?? 1e-3),
      momentum: Float(keys?.number("momentum", .belowOne, default: 0) ?? 0),
      weightDecay: Float(keys?.number("weight_decay", .notNegative, default: 0) ?? 0))
  }

  private func adamw(_ keys: KeyedValues?) -> OptimizerSpec {
    let betas = keys?["betas"].flatMap(betas) ?? [0.9, 0.999]
    return .adamw(
      learningRate: Float(keys?.number("lr", .notNegative, default: 1e-3) ?? 1e-3),
      beta1: Float(betas[0]), beta2: Float(betas[1]),
      epsilon: Float(keys?.number("eps", .positive, default: 1e-8) ?? 1e-8),
      weightDecay: Float(keys?.number("weight_decay", .notNegative, default: 0.01) ?? 0.01))
  }

  private func betas(_ node: YAMLNode) -> [Double]? {
    guard case .sequence(let items) = node.content, items.count == 2 else {
      wrongType(node, "betas", expected: "two numbers such as '[0.9, 0.999]'")
      return nil
    }
    let betas = items.compactMap { number($0, "a beta", .belowOne) }
    return betas.count == 2 ? betas : nil
  }

  /// `constant`, `{linear: {warmup: 10}}`, `{cosine: {warmup: 10, floor: 0.1}}`.
  func schedule(_ node: YAMLNode?) -> LearningRateSchedule {
    guard let node,
      let choice = variant(node, "schedule", known: ["constant", "linear", "cosine"])
    else { return .constant(warmup: 0) }
    let keys = details(
      of: choice, keys: choice.name == "constant" ? ["warmup"] : ["warmup", "floor"])
    let warmup = keys?.integer("warmup", 0...BodyLimits.steps.upperBound, default: 0) ?? 0
    switch choice.name {
    case "constant": return .constant(warmup: warmup)
    case "linear": return .linear(warmup: warmup, floor: floor(keys))
    default: return .cosine(warmup: warmup, floor: floor(keys))
    }
  }

  private func floor(_ keys: KeyedValues?) -> Double {
    keys?.number("floor", .fraction, default: 0) ?? 0
  }

  /// The details of a choice as a mapping; nil where there are none.
  func details(of choice: Variant, keys: [String]) -> KeyedValues? {
    guard let node = choice.details, !node.isNull else { return nil }
    return mapping(node, "'\(choice.name)'", keys: keys, place: choice.range)
  }
}

extension LearningRateSchedule {
  /// Steps of growth before the base rate is reached.
  var warmup: Int {
    switch self {
    case .constant(let warmup), .linear(let warmup, _), .cosine(let warmup, _): warmup
    }
  }
}
