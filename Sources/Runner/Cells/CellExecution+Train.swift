import Checkpointing
import DataFiles
import Digests
import Experiment
import Kernels
import ModelGraph
import Pretrained
import Records
import Training

extension CellExecution {
  /// Trains, continuing from a saved step if an earlier process left one.
  mutating func train(
    _ body: TrainCell, cell: Cell, into record: inout Record, observe: (StepReport) -> Bool
  ) throws(TrainingFault) -> TrainingRun {
    try body.save.map(checkReplaceable)
    let cost = try cost(cell)
    var job = TrainingJob(
      body, model: model(body.model), cost: cost, settings: plan.settings)
    job.machineMemory = MemoryLimits().most
    let saved = SavedSteps(
      path: project.savedStepPath(key: cell.key.hex),
      key: "\(cell.key.hex);\(numerics.environment.identity)", interval: saveInterval)
    let earlier = continuesEarlier(cell) ? earlierSteps(of: cell) : nil
    let run = try withData(of: body.data) { [self] data throws(TrainingFault) in
      try job.checkNorms(for: data)
      return try TrainingRun(
        job, data: data, kernels: numerics.kernels, saved: saved, earlier: earlier,
        weights: initialWeights(of: body.model), diskFolder: project.results)
    }
    var hasTold = false
    let outcome = try run.run { report in
      if !hasTold, let step = run.continuedFrom { continuing(cell.id, step) }
      hasTold = true
      return observe(report)
    } unsaved: { fault in
      unsaved(cell.id, FailureRecord(unsavedStep: fault.relative(to: project)))
    }
    // What can't be kept, on a full disk, is no reason to lose the result.
    if (try? run.keepLastStep(largest: EarlierSteps.largest)) != nil, earlier != nil {
      EarlierSteps(of: project).makeRoom()
    }
    if needsWeights(cell) { try run.keepWeights(in: self.weights(of: cell)) }
    if let folder = body.save {
      try save(run, job.model, weights: outcome.digest["weights"], to: folder)
    }
    record.metrics = outcome.metrics
    record.memory = outcome.memory
    record.recompute = outcome.recompute
    record.costs = CostRecord(cost)
    record.timing = outcome.timing
    record.digest = outcome.digest
    record.output = .train(outcome.summary)
    return run
  }

  /// A pretrained model's weights; nil where they are drawn.
  private func initialWeights(of model: String) -> InitialWeights? {
    modelCell(model).pretrained.map { pretrained in
      InitialWeights { parameter throws(DataFileError) in
        try pretrained.weights.values(of: parameter)
      }
    }
  }

  /// Where the last states of runs are kept that differ from a cell in their steps alone.
  func earlierSteps(of cell: Cell) -> SavedSteps? {
    EarlierSteps(of: project).place(of: cell, environment: numerics.environment.identity)
  }

  /// Compiles a step for each policy; runs none.
  func predict(
    _ body: PlanCell, cell: Cell, into record: inout Record
  ) throws(TrainingFault) {
    let cost = try cost(cell)
    record.costs = CostRecord(cost)
    do throws(ModelFault) {
      record.output = .plan(
        try PlanSummary(
          predicting: body, model: model(body.model),
          limit: body.memoryLimit ?? plan.settings.memoryLimit, cost: cost,
          threads: numerics.kernels.threads))
    } catch {
      throw .model(error)
    }
  }
}

extension TrainingJob.Split {
  init(_ split: TrainCell.Split) {
    self =
      switch split {
      case .train: .train
      case .validation: .validation
      case .test: .test
      }
  }
}

extension TrainingJob {
  init(_ body: TrainCell, model: ModelSpec, cost: CostModel, settings: Settings) {
    let length: Length =
      switch body.duration {
      case .steps(let steps): .steps(steps)
      case .epochs(let epochs): .epochs(epochs)
      }
    self.init(
      model: model, optimizer: body.optimizer, schedule: body.schedule, policy: body.checkpoint,
      cost: cost, precision: body.precision, length: length, batch: body.batch,
      dropsLast: body.dropLast, accumulate: body.accumulate, clipNorm: body.clipNorm,
      seed: body.seed, logEvery: body.logEvery, evaluateEvery: body.evaluation?.every,
      evaluationSplit: Split(body.evaluation?.split ?? .validation),
      metrics: body.evaluation?.metrics ?? [],
      memoryLimit: body.memoryLimit ?? settings.memoryLimit,
      verifiesReplay: body.verifiesReplay, offload: body.offload)
  }
}
