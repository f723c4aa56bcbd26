import Testing

@testable import ModelGraph
@testable import Training

@Suite("Losses and updates against PyTorch, to 1e-5 of a tensor's scale")
struct PyTorchLossTests {
  @Test("The fused output layer's loss and gradients are PyTorch's")
  func linearCrossEntropy() throws {
    let each = try Fixture("losses").named("cross-entropy with a tied head")
    let (hidden, table) = (try each.shape("hidden"), try each.shape("table"))
    let rule = LinearCrossEntropy(
      rows: hidden[0], width: hidden[1], classes: table[0], hasBias: false, training: true)
    let outputs = try OperationBench(lossScale: 1 / Float(hidden[0])).run(
      .linearCrossEntropy(rule),
      [
        .floats(try each.floats("hidden")), .indices(try each.indices("targets")),
        .floats(try each.floats("table")),
      ],
      outputs: [1, hidden[0] * hidden[1], table[0] * table[1]]
    ).outputs
    for (index, name) in ["loss", "d_hidden", "d_table"].enumerated() {
      expectPyTorch(outputs[index], try each.floats(name), name)
    }
  }

  @Test("Softmax cross-entropy and its gradient are PyTorch's, with large logits too")
  func softmaxCrossEntropy() throws {
    let each = try Fixture("losses").named("cross-entropy with large logits")
    let shape = try each.shape("logits")
    let rule = SoftmaxCrossEntropy(rows: shape[0], classes: shape[1], training: true)
    let outputs = try OperationBench(lossScale: 1 / Float(shape[0])).run(
      .softmaxCrossEntropy(rule),
      [.floats(try each.floats("logits")), .indices(try each.indices("targets"))],
      outputs: [1, shape[0] * shape[1]]
    ).outputs
    expectPyTorch(outputs[0], try each.floats("loss"), "loss")
    expectPyTorch(outputs[1], try each.floats("d_logits"), "d_logits")
  }

  @Test("The mean squared error and its gradient are PyTorch's")
  func meanSquaredError() throws {
    let each = try Fixture("losses").named("mean squared error")
    let prediction = try each.floats("prediction")
    let rule = MeanSquaredError(count: prediction.count, training: true)
    let outputs = try OperationBench(lossScale: 1 / Float(prediction.count)).run(
      .meanSquaredError(rule), [.floats(prediction), .floats(try each.floats("target"))],
      outputs: [1, prediction.count]
    ).outputs
    expectPyTorch(outputs[0], try each.floats("loss"), "loss")
    expectPyTorch(outputs[1], try each.floats("d_prediction"), "d_prediction")
  }

  @Test("Steps of AdamW, of SGD and of SGD with momentum are PyTorch's")
  func optimizers() throws {
    for each in try Fixture("optimizers").cases {
      var weight = try each.floats("weight")
      let zeros = [Float](repeating: 0, count: weight.count)
      let optimizer = try each.optimizer
      var states = Array(repeating: zeros, count: optimizer.statesPerParameter)
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
  /// The optimizer of the settings.
  var optimizer: OptimizerSpec {
    get throws {
      let (rate, decay) = (Float(try number("lr")), Float(try number("weight_decay")))
      if let betas = try? numbers("betas") {
        return .adamw(
          learningRate: rate, beta1: Float(betas[0]), beta2: Float(betas[1]),
          epsilon: Float(try number("eps")), weightDecay: decay)
      }
      return .sgd(
        learningRate: rate, momentum: Float(try number("momentum")), weightDecay: decay)
    }
  }
}

extension OptimizerSpec {
  /// The update of one parameter.
  fileprivate func update(count: Int) -> OperationKind {
    switch self {
    case .sgd(_, let momentum, let decay):
      .sgd(SGDStep(count: count, momentum: momentum, weightDecay: decay, clips: false))
    case .adamw(_, let beta1, let beta2, let epsilon, let decay):
      .adamw(
        AdamWStep(
          count: count, beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: decay,
          clips: false))
    }
  }
}
