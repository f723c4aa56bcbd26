import ModelGraph

extension ScheduleBuilder {
  /// Adds the update of every parameter, after a common clip factor if gradients are clipped.
  mutating func addOptimizer(
    _ optimizer: OptimizerSpec, clipNorm: Float?, training: TrainingGraph
  ) {
    let factor = clipNorm.map { addClipping(limit: $0, training: training) }
    for (parameter, gradient) in zip(training.graph.parameters, training.gradients) {
      let descriptor = training[parameter.tensor]
      let states = (0..<optimizer.statesPerParameter).map { index in
        newTensor(
          TensorDescriptor(
            name: "\(descriptor.name).\(optimizer.stateNames[index])", layer: descriptor.layer,
            shape: descriptor.shape, role: .optimizerState))
      }
      emit(
        Operation(
          kind: optimizer.update(count: descriptor.count, clips: factor != nil),
          inputs: [parameter.tensor, gradient] + states + (factor.map { [$0] } ?? []),
          outputs: [], layer: descriptor.layer),
        phase: .optimizer)
    }
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

extension OptimizerSpec {
  fileprivate var stateNames: [String] {
    switch self {
    case .sgd: ["momentum"]
    case .adamw: ["first_moment", "second_moment"]
    }
  }

  fileprivate func update(count: Int, clips: Bool) -> OperationKind {
    switch self {
    case .sgd(_, let momentum, let decay):
      .sgd(SGDStep(count: count, momentum: momentum, weightDecay: decay, clips: clips))
    case .adamw(_, let beta1, let beta2, let epsilon, let decay):
      .adamw(
        AdamWStep(
          count: count, beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: decay,
          clips: clips))
    }
  }
}
