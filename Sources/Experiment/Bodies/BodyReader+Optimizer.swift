import ModelGraph

extension BodyReader {
  private static let groupKeys = ["lr", "weight_decay", "no_decay", "groups", "in_backward"]

  /// The optimizer of a directive, with what it freezes.
  ///
  /// Accumulation and clipping need all gradients together, so that they go without updates within the
  /// backward pass; these are the default elsewhere: the same bits in less memory.
  func optimizer(_ keys: KeyedValues, accumulate: Int, clipNorm: Float?) -> OptimizerSpec {
    let gathering =
      (accumulate > 1 ? ["accumulate"] : []) + (clipNorm == nil ? [] : ["clip_norm"])
    let optimizer = optimizer(
      keys["optimizer"], frozen: keys["freeze"], updatesInBackward: gathering.isEmpty)
    if optimizer.updatesInBackward {
      for key in gathering { note(.updateInBackward(with: key), at: keys.keyRange(key)) }
    }
    return optimizer
  }

  /// `adamw`, `{adamw: {lr: 1e-4}}`, `{sgd: {lr: 0.1, momentum: 0.9}}`; AdamW by default.
  ///
  /// The constants' defaults are PyTorch's.
  ///
  /// - Parameters:
  ///   - frozen: the value of `freeze`: parameters that stay as they are.
  ///   - updatesInBackward: what `in_backward` is where it is not written.
  private func optimizer(
    _ node: YAMLNode?, frozen: YAMLNode?, updatesInBackward: Bool
  ) -> OptimizerSpec {
    let patterns = frozen.map { self.patterns($0, "freeze") } ?? []
    let usual = OptimizerSpec(
      .adamw(beta1: 0.9, beta2: 0.999, epsilon: 1e-8), learningRate: 1e-3, weightDecay: 0.01,
      frozen: patterns, updatesInBackward: updatesInBackward)
    guard let node,
      let choice = variant(node, "optimizer", known: ["adamw", "adam", "sgd"])
    else { return usual }
    let own = choice.name == "sgd" ? ["momentum", "nesterov"] : ["betas", "eps"]
    let keys = details(of: choice, keys: own + Self.groupKeys)
    let decay = choice.name == "adamw" ? 0.01 : 0
    return OptimizerSpec(
      choice.name == "sgd" ? sgd(keys) : adam(keys, isDecoupled: choice.name == "adamw"),
      learningRate: Float(keys?.number("lr", .notNegative, default: 1e-3) ?? 1e-3),
      weightDecay: Float(keys?.number("weight_decay", .notNegative, default: decay) ?? decay),
      groups: keys.map(groups) ?? [], frozen: patterns,
      updatesInBackward: keys?.flag("in_backward", default: updatesInBackward)
        ?? updatesInBackward)
  }

  private func sgd(_ keys: KeyedValues?) -> OptimizerSpec.Algorithm {
    let momentum = keys?.number("momentum", .belowOne, default: 0) ?? 0
    let isNesterov = keys?.flag("nesterov", default: false) ?? false
    if let keys, isNesterov, momentum == 0 {
      note(.missingKey("momentum", owner: "sgd with nesterov"), at: keys.keyRange("nesterov"))
    }
    return .sgd(momentum: Float(momentum), isNesterov: isNesterov)
  }

  private func adam(_ keys: KeyedValues?, isDecoupled: Bool) -> OptimizerSpec.Algorithm {
    let betas = (keys?["betas"].flatMap(betas) ?? [0.9, 0.999]).map { Float($0) }
    let epsilon = Float(keys?.number("eps", .positive, default: 1e-8) ?? 1e-8)
    return isDecoupled
      ? .adamw(beta1: betas[0], beta2: betas[1], epsilon: epsilon)
      : .adam(beta1: betas[0], beta2: betas[1], epsilon: epsilon)
  }

  private func betas(_ node: YAMLNode) -> [Double]? {
    guard case .sequence(let items) = node.content, items.count == 2 else {
      wrongType(node, "betas", expected: "two numbers such as '[0.9, 0.999]'")
      return nil
    }
    let betas = items.compactMap { number($0, "a beta", .belowOne) }
    return betas.count == 2 ? betas : nil
  }

  // MARK: - Groups

  /// `no_decay: [bias]` and `groups: [{match: head, lr_scale: 10}]`.
  private func groups(_ keys: KeyedValues) -> [ParameterGroup] {
    let undecayed = keys["no_decay"].map { patterns($0, "no_decay") } ?? []
    let others = keys["groups"].map { items($0, "groups") ?? [] } ?? []
    return (undecayed.isEmpty ? [] : [ParameterGroup(undecayed, weightDecay: 0)])
      + others.compactMap(group)
  }

  private func group(_ node: YAMLNode) -> ParameterGroup? {
    guard let keys = mapping(node, "a group", keys: ["match", "lr_scale", "weight_decay"]),
      let match = keys.required("match")
    else { return nil }
    return ParameterGroup(
      patterns(match, "match"),
      learningRateScale: keys["lr_scale"].flatMap { number($0, "lr_scale", .notNegative) }
        .map { Float($0) },
      weightDecay: keys["weight_decay"].flatMap { number($0, "weight_decay", .notNegative) }
        .map { Float($0) })
  }

  /// Patterns of parameter names, checked once the model is known.
  private func patterns(_ node: YAMLNode, _ what: String) -> [ParameterPattern] {
    let names = texts(node, what)
    parameterNames += names
    return names.map { ParameterPattern($0.text) }
  }

  /// The details of a choice as a mapping; nil where there are none.
  func details(of choice: Variant, keys: [String]) -> KeyedValues? {
    guard let node = choice.details, !node.isNull else { return nil }
    return mapping(node, "'\(choice.name)'", keys: keys, place: choice.range)
  }
}
