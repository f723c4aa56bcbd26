import Checkpointing
import Experiment
import ModelGraph

extension ExperimentPlan {
  /// How a train cell's step is compiled.
  ///
  /// - Parameters:
  ///   - cost: what its plan is made with.
  ///   - maximum: bytes that may be reserved, in place of the notebook's limits.
  func options(
    of body: TrainCell, cost: CostModel, threads: Int, maximum: Int? = nil
  ) -> TrainingOptions {
    TrainingOptions(
      policy: body.checkpoint, optimizer: body.optimizer, accumulate: body.accumulate,
      batchesDiffer: !body.dropLast, clipNorm: body.clipNorm, precision: body.precision,
      memoryLimit: maximum ?? body.memoryLimit ?? settings.memoryLimit, offload: body.offload,
      cost: cost, threads: threads)
  }

  /// A train cell's step, compiled again; nil where its model is none.
  ///
  /// - Parameters:
  ///   - cost: those of the run: `CostModel(of:recorded:)` where they were measured.
  ///   - threads: those of the run, as scratch space depends on them.
  /// - Throws: `ModelFault` when the model can't be lowered.
  func step(
    of body: TrainCell, cost: CostModel, threads: Int
  ) throws(ModelFault) -> Program? {
    guard case .model(let model) = cell(body.model)?.body else { return nil }
    let options = options(of: body, cost: cost, threads: threads)
    let training = try TrainingGraph(lowering: model.spec, batch: body.batch, options: options)
    return Program(training: training, options: options)
  }
}
