import Testing

@testable import ModelGraph
@testable import Training

@Suite("Losses and updates against PyTorch, to 1e-5 of a tensor's scale, in bf16 to 2e-2")
struct PyTorchLossTests {
  @Test(
    "The fused output layer's loss and gradients are PyTorch's", arguments: Precision.allCases)
  func linearCrossEntropy(precision: Precision) throws {
    let each = try Fixture("losses", precision).named("cross-entropy with a tied head")
    let (hidden, table) = (try each.shape("hidden"), try each.shape("table"))
    let rule = LinearCrossEntropy(
      rows: hidden[0], width: hidden[1], classes: table[0], hasBias: false, training: true)
    let outputs = try OperationBench(precision: precision).run(
      .linearCrossEntropy(rule),
      [
        .activation(try each.floats("hidden")), .indices(try each.indices("targets")),
        .floats(try each.floats("table")),
      ],
      outputs: [1, hidden[0] * hidden[1], table[0] * table[1]], wide: [0, 2]
    ).outputs
    try expect(outputs, each, ["loss", "d_hidden", "d_table"], precision)
  }

  @Test(
    "Softmax cross-entropy and its gradient are PyTorch's, with large logits too",
    arguments: Precision.allCases)
  func softmaxCrossEntropy(precision: Precision) throws {
    let each = try Fixture("losses", precision).named("cross-entropy with large logits")
    let shape = try each.shape("logits")
    let rule = SoftmaxCrossEntropy(rows: shape[0], classes: shape[1], training: true)
    let outputs = try OperationBench(precision: precision).run(
      .softmaxCrossEntropy(rule),
      [.activation(try each.floats("logits")), .indices(try each.indices("targets"))],
      outputs: [1, shape[0] * shape[1]], wide: [0]
    ).outputs
    try expect(outputs, each, ["loss", "d_logits"], precision)
  }

  @Test(
    "Ignored targets, label smoothing and class weights are PyTorch's",
    arguments: ["ignored targets", "label smoothing", "class weights", "all together"],
    Precision.allCases)
  func comparisons(name: String, precision: Precision) throws {
    for fused in [false, true] {
      let each = try Fixture("losses", precision).named(
        "\(name), of \(fused ? "a head" : "logits")")
      let inputs = fused ? ["hidden", "table", "bias"] : ["logits"]
      var operands = try inputs.map { OperationBench.Operand.floats(try each.floats($0)) }
      operands[0] = .activation(try each.floats(inputs[0]))
      operands.insert(.indices(try each.indices("targets")), at: 1)
      let outputs = try OperationBench(precision: precision).run(
        try fused ? each.headLoss : each.logitsLoss, operands,
        outputs: [1] + inputs.map { try each.floats($0).count }, wide: [0, 2, 3]
      ).outputs
      try expect(outputs, each, ["loss"] + inputs.map { "d_\($0)" }, precision)
    }
  }

  @Test(
    "Binary cross-entropy and its gradient are PyTorch's, with weights too",
    arguments: [
      "binary cross-entropy", "binary cross-entropy of one output",
      "weighted binary cross-entropy",
    ], Precision.allCases)
  func binaryCrossEntropy(name: String, precision: Precision) throws {
    let each = try Fixture("losses", precision).named(name)
    let shape = try each.shape("logits")
    let rule = BinaryCrossEntropy(
      rows: shape[0], width: shape[1],
      positiveWeights: ((try? each.numbers("pos_weight")) ?? []).map { Float($0) },
      training: true)
    let outputs = try OperationBench(precision: precision).run(
      .binaryCrossEntropy(rule),
      [.activation(try each.floats("logits")), .floats(try each.floats("targets"))],
      outputs: [1, shape[0] * shape[1]], wide: [0]
    ).outputs
    try expect(outputs, each, ["loss", "d_logits"], precision)
  }

  @Test("The mean squared error and its gradient are PyTorch's", arguments: Precision.allCases)
  func meanSquaredError(precision: Precision) throws {
    let each = try Fixture("losses", precision).named("mean squared error")
    let prediction = try each.floats("prediction")
    let rule = MeanSquaredError(count: prediction.count, training: true)
    let outputs = try OperationBench(precision: precision).run(
      .meanSquaredError(rule), [.activation(prediction), .floats(try each.floats("target"))],
      outputs: [1, prediction.count], wide: [0]
    ).outputs
    try expect(outputs, each, ["loss", "d_prediction"], precision)
  }

  private func expect(
    _ outputs: [[Float]], _ each: Fixture.Case, _ names: [String], _ precision: Precision
  ) throws {
    for (values, name) in zip(outputs, names) {
      expectPyTorch(
        values, try each.floats(name), "\(each.name): \(name)", tolerance: precision.tolerance)
    }
  }

  @Test("Steps of Adam, of AdamW, of SGD and of SGD with momentum or Nesterov's are PyTorch's")
  func optimizers() throws {
    for each in try Fixture("optimizers").cases {
      var weight = try each.floats("weight")
      let zeros = [Float](repeating: 0, count: weight.count)
      let optimizer = try each.optimizer
      var states = Array(repeating: zeros, count: optimizer.stateNames.count)
      var step = 1
      while let gradient = each.tensors["gradient.\(step)"]?.floats {
        let bench = OperationBench(learningRate: optimizer.learningRate, step: step)
        let operands = [weight, gradient] + states
        let after = try bench.run(
          optimizer.update(count: weight.count), operands.map { .floats($0) }
        ).inputs
        (weight, states) = (after[0], Array(after[2...]))
        expectPyTorch(weight, try each.floats("weight.\(step)"), "\(each.name), step \(step)")
        step += 1
      }
      #expect(step > 2)
    }
  }
}

extension Fixture.Case {
  /// How the settings compare with classes.
  private var comparison: CrossEntropySpec {
    CrossEntropySpec(
      labelSmoothing: (try? number("label_smoothing")).map { Float($0) } ?? 0,
      classWeights: ((try? numbers("weight")) ?? []).map { Float($0) })
  }

  /// The loss of logits.
  fileprivate var logitsLoss: OperationKind {
    get throws {
      let shape = try shape("logits")
      return .softmaxCrossEntropy(
        SoftmaxCrossEntropy(
          rows: shape[0], classes: shape[1], training: true, comparison: comparison))
    }
  }

  /// The loss of a head.
  fileprivate var headLoss: OperationKind {
    get throws {
      let (hidden, table) = (try shape("hidden"), try shape("table"))
      return .linearCrossEntropy(
        LinearCrossEntropy(
          rows: hidden[0], width: hidden[1], classes: table[0], hasBias: true, training: true,
          comparison: comparison))
    }
  }

  /// The optimizer of the settings.
  var optimizer: OptimizerSpec {
    get throws {
      let (rate, decay) = (Float(try number("lr")), Float(try number("weight_decay")))
      if let betas = try? numbers("betas") {
        let (beta1, beta2) = (Float(betas[0]), Float(betas[1]))
        let epsilon = Float(try number("eps"))
        let isCoupled = (try? flag("coupled")) ?? false
        return OptimizerSpec(
          isCoupled
            ? .adam(beta1: beta1, beta2: beta2, epsilon: epsilon)
            : .adamw(beta1: beta1, beta2: beta2, epsilon: epsilon),
          learningRate: rate, weightDecay: decay)
      }
      return .sgd(
        learningRate: rate, momentum: Float(try number("momentum")), weightDecay: decay,
        isNesterov: (try? flag("nesterov")) ?? false)
    }
  }
}

extension OptimizerSpec {
  /// The update of one parameter.
  fileprivate func update(count: Int) -> OperationKind {
    .update(
      OptimizerStep(count: count, algorithm: algorithm, weightDecay: weightDecay, clips: false))
  }
}
