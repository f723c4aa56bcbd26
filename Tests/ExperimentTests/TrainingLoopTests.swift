import Experiment
import ModelGraph
import Testing

@Suite("Losses, optimizers, schedules and metrics are read as written")
struct TrainingLoopTests {
  private func trained(_ lines: String) throws -> TrainCell {
    let text =
      small + directive("train", "t", "model: gpt\ndata: corpus\nsteps: 10\nbatch: 2\n" + lines)
    guard case .train(let body) = try cell("t", in: plan(text)).body else {
      throw NotATrainCell()
    }
    return body
  }

  private struct NotATrainCell: Error {}

  private func loss(_ text: String) throws -> LossSpec {
    let body = "input: {features: 4}\nlayers: [linear: {out: 3}]\nloss: \(text)"
    guard case .model(let model) = try cell("m", in: plan(directive("model", "m", body))).body
    else { throw NotATrainCell() }
    return model.spec.loss
  }

  @Test("Losses with and without details")
  func losses() throws {
    #expect(try loss("cross_entropy") == .crossEntropy)
    #expect(try loss("mse") == .meanSquaredError)
    #expect(try loss("bce") == .binaryCrossEntropy)
    #expect(try loss("{bce: {pos_weight: 2}}") == .binaryCrossEntropy(positiveWeights: [2]))
    let expected = CrossEntropySpec(
      ignoreIndex: 0, labelSmoothing: 0.1, classWeights: [1, 2, 0.5])
    let text =
      "{cross_entropy: {ignore_index: 0, label_smoothing: 0.1, class_weights: [1, 2, 0.5]}}"
    #expect(try loss(text) == .crossEntropy(expected))
  }

  @Test("Optimizers with groups and frozen parameters")
  func optimizers() throws {
    let expected = OptimizerSpec(
      .adam(beta1: 0.9, beta2: 0.99, epsilon: 1e-6), learningRate: 0.01, weightDecay: 0.1,
      groups: [
        ParameterGroup(["bias", "*norm*"].map(ParameterPattern.init), weightDecay: 0),
        ParameterGroup([ParameterPattern("block.0")], learningRateScale: 10, weightDecay: 0.5),
      ], frozen: [ParameterPattern("wte")], updatesInBackward: true)
    let cell = try trained(
      """
      freeze: wte
      optimizer:
        adam:
          lr: 0.01
          betas: [0.9, 0.99]
          eps: 1e-6
          weight_decay: 0.1
          no_decay: [bias, "*norm*"]
          groups: [{match: block.0, lr_scale: 10, weight_decay: 0.5}]
          in_backward: true
      """)
    #expect(cell.optimizer == expected)
    #expect(
      try trained("optimizer: {sgd: {momentum: 0.9, nesterov: true, in_backward: false}}").optimizer
        == .sgd(learningRate: 1e-3, momentum: 0.9, weightDecay: 0, isNesterov: true))
  }

  @Test("Weights are updated in the backward pass unless something needs all gradients together")
  func updatesInBackward() throws {
    let updates = { (body: String) in try trained(body).optimizer.updatesInBackward }
    #expect(try updates("optimizer: sgd"))
    #expect(try updates("optimizer: {adamw: {lr: 1e-4}}"))
    #expect(try updates("accumulate: 1"))
    #expect(try !updates("optimizer: {adamw: {in_backward: false}}"))
    #expect(try !updates("accumulate: 2"))
    #expect(try !updates("optimizer: {adamw: {lr: 1e-4}}\nclip_norm: 1"))
  }

  @Test("Numbers that f32 can't hold are refused where they are written")
  func range() {
    func found(_ number: String) -> String {
      faults(small.replacing("batch: 2", with: "batch: 2\noptimizer: {adamw: {\(number)}}"))
    }
    #expect(found("lr: 1e38") == "")
    #expect(found("lr: 0") == "")
    #expect(found("lr: 1e39").contains("at most 3.4e38"))
    #expect(found("eps: 1e-300").contains("at least 1.5e-45"))
  }

  @Test("Schedules")
  func schedules() throws {
    #expect(
      try trained("schedule: {step: {every: 3, gamma: 0.5, warmup: 2}}").schedule
        == .step(warmup: 2, every: 3, gamma: 0.5))
    #expect(try trained("schedule: one_cycle").schedule == .oneCycle(.init()))
    #expect(
      try trained("schedule: {one_cycle: {pct_start: 0.4, div_factor: 10, final_div_factor: 5}}")
        .schedule == .oneCycle(.init(growth: 0.4, startDivisor: 10, endDivisor: 5)))
  }

  @Test("Metrics of evaluations, and claims on them")
  func metrics() throws {
    let cell = try trained(
      "evaluate: {every: 5, split: train, metrics: [accuracy, {top_k: 5}, perplexity]}")
    #expect(cell.evaluation?.metrics == [.accuracy, .topK(5), .perplexity])
    let claims = small.replacing(
      "batch: 2",
      with: "batch: 2\nevaluate: {every: 5, split: train, metrics: [{top_k: 5}, perplexity]}")
    for name in ["train.top_5.last", "train.perplexity.min", "perplexity.last", "train.loss.first"]
    {
      _ = try plan(claims + directive("expect", "e", "- run.\(name) > 0"))
    }
    #expect(
      planning(claims + directive("expect", "e", "- run.train.accuracy.last > 0")).plan == nil)
  }
}
