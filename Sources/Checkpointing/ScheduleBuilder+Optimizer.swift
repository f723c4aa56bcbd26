import ModelGraph

extension ScheduleBuilder {
  /// Adds the update of every trained parameter, after a common clip factor if gradients are clipped.
  mutating func addOptimizer(
    _ optimizer: OptimizerSpec, clipNorm: Float?, training: TrainingGraph
  ) {
    let factor = clipNorm.map { addClipping(limit: $0, training: training) }
    for (parameter, gradient) in zip(training.parameters, training.gradients) {
      let descriptor = training[parameter.tensor]
      let states = optimizer.stateNames.map { name in
        newTensor(
          TensorDescriptor(
            name: "\(descriptor.name).\(name)", layer: descriptor.layer,
            shape: descriptor.shape, role: .optimizerState))
      }
      emit(
        Operation(
          kind: .update(optimizer.step(of: descriptor, clips: factor != nil)),
          inputs: [parameter.tensor, gradient] + states + (factor.map { [$0] } ?? []),
          outputs: [], layer: descriptor.layer),
        phase: .optimizer)
    }
    if optimizer.updatesInBackward { schedule.moveUpdatesIntoPass() }
  }

  private mutating func addClipping(limit: Float, training: TrainingGraph) -> TensorID {
    let factor = newTensor(
      TensorDescriptor(name: "clip", layer: "", shape: [1], role: .activationGradient))
    let counts = training.gradients.map { training[$0].count }
    emit(
      Operation(
        kind: .clipScale(ClipScale(limit: limit, counts: counts)), inputs: training.gradients,
        outputs: [factor], layer: "optimizer"),
      phase: .optimizer)
    return factor
  }
}

extension Schedule {
  /// Puts each update to where its gradient is complete and nothing reads the parameter any more, so
  /// that the gradient's bytes are free from there on.
  ///
  /// An update changes no operand of what follows it, so every number stays as it was.
  fileprivate mutating func moveUpdatesIntoPass() {
    var lastUses: [TensorID: Int] = [:]
    for (position, operation) in operations[..<passCount].enumerated() {
      for value in operation.inputs + operation.outputs { lastUses[values[value]] = position }
    }
    var updates: [Int: [ScheduledOperation]] = [:]
    for update in operations[passCount...] {
      let position = update.inputs.compactMap { lastUses[values[$0]] }.max() ?? passCount - 1
      updates[position, default: []].append(update)
    }
    operations = operations[..<passCount].enumerated().flatMap { position, operation in
      [operation] + updates[position, default: []]
    }
    passCount = operations.count
  }
}

extension OptimizerSpec {
  fileprivate func step(of parameter: TensorDescriptor, clips: Bool) -> OptimizerStep {
    OptimizerStep(
      count: parameter.count, algorithm: algorithm,
      learningRateScale: learningRateScale(of: parameter.name),
      weightDecay: weightDecay(of: parameter.name), clips: clips)
  }
}
