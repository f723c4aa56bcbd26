import Digests
import Experiment
import ModelGraph
import Records
import Training

extension CellExecution {
  /// Where the weights of a train cell are kept.
  func weights(of train: Cell) -> SavedWeights {
    SavedWeights(
      path: project.weightsPath(
        key: train.key.hex, environment: numerics.environment.identity),
      key: "\(train.key.hex);\(numerics.environment.identity)")
  }

  /// Whether a cell needs the weights of that one.
  func needsWeights(_ cell: Cell) -> Bool {
    plan.cells.contains { $0.isActive && $0.trainedCell == cell.id }
  }

  /// Evaluates a trained cell.
  mutating func evaluate(_ body: EvalCell, into record: inout Record) throws(TrainingFault) {
    let (cell, train) = trainCell(body.train)
    var job = EvaluationJob(
      model: model(train.model), precision: train.precision,
      split: TrainingJob.Split(body.split), batch: body.batch ?? train.batch, metrics: body.metrics)
    job.bounds = memoryBounds(of: train)
    let outcome = try withData(of: body.data ?? train.data, as: train.data) {
      [self] data throws(TrainingFault) in
      try job.run(on: data, weights: weights(of: cell), kernels: numerics.kernels)
    }
    for value in outcome.values {
      record.metrics[value.name] = MetricSeries(points: [.init(step: 1, value: value.value)])
    }
    record.output = .eval(
      EvaluationSummary(
        split: body.split.rawValue, examples: outcome.examples, targets: outcome.targets,
        metrics: outcome.values.map(\.name)))
  }

  /// Draws from a trained cell.
  mutating func generate(
    _ body: GenerateCell, into record: inout Record
  ) throws(TrainingFault) {
    let (cell, train) = trainCell(body.train)
    let text = try GeneratedText(plan.cell(train.data)?.body)
    var job = GenerationJob(
      model: model(train.model), prompt: try text.tokens(of: body.prompt), count: body.tokens,
      sampling: SamplingOptions(
        temperature: body.temperature, topK: body.topK, topP: body.topP, seed: body.seed))
    job.bounds = memoryBounds(of: train)
    let tokens = try job.run(weights: weights(of: cell), kernels: numerics.kernels)
    record.digest["tokens"] = tokens.withUnsafeBytes { Digest(hashing: $0).hex }
    record.output = .generate(
      GenerationSummary(
        prompt: try text.text(of: job.prompt), text: try text.continuation(tokens), tokens: tokens))
  }

  /// What a cell that uses a trained model may reserve: as much as its training.
  private func memoryBounds(of train: TrainCell) -> MemoryBounds {
    MemoryBounds(
      limit: train.memoryLimit ?? plan.settings.memoryLimit, machine: MemoryLimits().most)
  }

  private func trainCell(_ id: String) -> (Cell, TrainCell) {
    guard let cell = plan.cell(id), case .train(let train) = cell.body else {
      preconditionFailure("\(id) was checked to be a train cell")
    }
    return (cell, train)
  }
}

extension Cell {
  /// The train cell whose weights this one reads.
  var trainedCell: String? {
    switch body {
    case .eval(let eval): eval.train
    case .generate(let generate): generate.train
    default: nil
    }
  }
}
