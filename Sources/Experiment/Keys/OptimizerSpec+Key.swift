import ModelGraph

extension KeyFields {
  /// Adds an optimizer; what it leaves at its default adds nothing.
  mutating func add(_ optimizer: OptimizerSpec) {
    add("optimizer", optimizer.name)
    add("optimizer.lr", optimizer.learningRate)
    switch optimizer.algorithm {
    case .sgd(let momentum, let isNesterov):
      add("optimizer.momentum", momentum)
      if isNesterov { add("optimizer.nesterov", isNesterov) }
    case .adam(let beta1, let beta2, let epsilon), .adamw(let beta1, let beta2, let epsilon):
      add("optimizer.beta1", beta1)
      add("optimizer.beta2", beta2)
      add("optimizer.eps", epsilon)
    }
    add("optimizer.weight_decay", optimizer.weightDecay)
    if !optimizer.groups.isEmpty {
      add("optimizer.groups", optimizer.groups) { fields, name, group in
        fields.add("\(name).match", group.patterns.map(\.text))
        fields.add("\(name).lr_scale", group.learningRateScale)
        fields.add("\(name).weight_decay", group.weightDecay)
      }
    }
    if !optimizer.frozen.isEmpty { add("freeze", optimizer.frozen.map(\.text)) }
    if optimizer.updatesInBackward { add("optimizer.in_backward", true) }
  }

  /// Adds a schedule.
  mutating func add(_ schedule: LearningRateSchedule) {
    add("schedule.warmup", schedule.warmup)
    switch schedule {
    case .constant: add("schedule", "constant")
    case .linear(_, let floor):
      add("schedule", "linear")
      add("schedule.floor", floor)
    case .cosine(_, let floor):
      add("schedule", "cosine")
      add("schedule.floor", floor)
    case .step(_, let every, let gamma):
      add("schedule", "step")
      add("schedule.every", every)
      add("schedule.gamma", gamma)
    case .oneCycle(let cycle):
      add("schedule", "one_cycle")
      add("schedule.pct_start", cycle.growth)
      add("schedule.div_factor", cycle.startDivisor)
      add("schedule.final_div_factor", cycle.endDivisor)
    }
  }

  /// Adds a loss; what it leaves at its default adds nothing.
  mutating func add(_ loss: LossSpec) {
    add("loss", loss.name)
    switch loss {
    case .crossEntropy(let comparison):
      let usual = CrossEntropySpec()
      if comparison.ignoreIndex != usual.ignoreIndex {
        add("loss.ignore_index", Int(comparison.ignoreIndex))
      }
      if comparison.labelSmoothing != 0 {
        add("loss.label_smoothing", comparison.labelSmoothing)
      }
      if !comparison.classWeights.isEmpty {
        add("loss.class_weights", comparison.classWeights.map { "\($0)" })
      }
    case .binaryCrossEntropy(let weights):
      if !weights.isEmpty { add("loss.pos_weight", weights.map { "\($0)" }) }
    case .meanSquaredError: break
    }
  }
}
