import Checkpointing
public import Kernels
import ModelGraph
import Records

/// A training run from its first step, or from its last saved one, to its record.
public final class TrainingRun {
  let job: TrainingJob
  let data: Dataset
  let kernels: Kernels
  let saved: SavedSteps?
  let earlier: SavedSteps?
  /// The step of an earlier, shorter run that this one went on from.
  public internal(set) var continuedFrom: Int?
  let weights: InitialWeights?
  let steps: Int
  let training: Executor
  let evaluation: Executor?
  let useless: UselessSegments
  var order: BatchOrder
  var progress = RunProgress()
  /// Resident bytes of the process before the run claimed its memory.
  let residentBefore: Int?

  /// Compiles the job and claims its memory.
  ///
  /// - Parameters:
  ///   - saved: where steps are saved, so that a killed run can continue; nil saves none.
  ///   - earlier: where runs that differ in their number of steps alone keep their last state; nil
  ///     continues none.
  ///   - weights: what the model begins with; nil draws all of it.
  /// - Throws: `TrainingFault`; nothing has run then.
  public init(
    _ job: TrainingJob, data: Dataset, kernels: Kernels, saved: SavedSteps? = nil,
    earlier: SavedSteps? = nil, weights: InitialWeights? = nil
  ) throws(TrainingFault) {
    self.job = job
    self.data = data
    self.kernels = kernels
    self.saved = saved
    self.earlier = earlier
    self.weights = weights
    try job.checkNumbers()
    try job.checkFit(of: data)
    let programs = try CompiledJob(job, threads: kernels.threads)
    order = try Self.order(of: job, data: data, time: programs.graph.time)
    try job.checkEvaluation(of: data, time: programs.graph.time)
    steps = job.stepCount(batchesPerEpoch: order.batchesPerEpoch)
    ResidentMemory.forgetPeak()
    residentBefore = ResidentMemory.measured()?.now
    let arena = try Arena(byteCounts: programs.regionBytes)
    training = Executor(programs.training, arena: arena, kernels: kernels)
    useless = programs.useless
    training.verifiesReplay = job.verifiesReplay
    evaluation = programs.evaluation.map { Executor($0, arena: arena, kernels: kernels) }
  }

  private static func order(
    of job: TrainingJob, data: Dataset, time: Int
  ) throws(TrainingFault) -> BatchOrder {
    let examples = data.train.count(time: time)
    guard examples >= job.batch else {
      throw .tooFewExamples(have: examples, need: job.batch, split: "train")
    }
    return BatchOrder(
      examples: examples, batch: job.batch, seed: job.seed)
  }

  /// Runs to the last step.
  ///
  /// - Parameter observe: called after each step; false stops the run after saving it.
  /// - Returns: the record's measurements.
  /// - Throws: `TrainingFault`.
  public func run(
    observe: (StepReport) -> Bool = { _ in true }
  ) throws(TrainingFault) -> TrainingOutcome {
    let clock = ContinuousClock()
    let start = clock.now
    progress = RunProgress()
    if !restore(), !continueEarlier() { try initializeParameters() }
    let earlier = progress.seconds
    var timer = SaveTimer(interval: saved?.interval ?? .zero)
    while progress.step < steps {
      let report = try step()
      let goesOn = observe(report)
      if let saved, progress.step < steps, !goesOn || timer.isDue {
        let seconds = earlier + (clock.now - start).seconds
        try timer.measure { () throws(TrainingFault) in try save(to: saved, seconds: seconds) }
      }
      guard goesOn || progress.step == steps else { throw .interrupted(step: progress.step) }
    }
    progress.seconds = earlier + (clock.now - start).seconds
    return outcome()
  }

  private func step() throws(TrainingFault) -> StepReport {
    let clock = ContinuousClock()
    let start = clock.now
    let number = progress.step + 1
    let loader = loader(of: data.train, for: training)
    var batches: [Batch] = []
    for pass in 0..<job.accumulate {
      batches.append(
        try loader.batch(order.examples(ofBatch: (number - 1) * job.accumulate + pass)))
    }
    let context = StepContext(
      seed: UInt64(bitPattern: Int64(job.seed)), step: number, passes: job.accumulate,
      learningRate: job.learningRate(step: number, of: steps))
    let loss = training.step(context) { loader.write(batches[$0], to: training.arena) }
    if let operation = training.replayDifference {
      throw .replayDiffers(step: number, operation: operation)
    }
    guard loss.isFinite else { throw .lossNotFinite(step: number) }
    progress.step = number
    progress.losses.append(loss)
    progress.times.append(StepTimes((clock.now - start).seconds, parts: training.seconds))
    if let every = job.evaluateEvery, number % every == 0 || number == steps {
      note(try evaluate(), step: number)
    }
    return StepReport(
      step: number, steps: steps, loss: loss, seconds: progress.times.last?.total ?? 0,
      peak: training.measuredPeak ?? training.program.memory.peak.total)
  }

  /// Makes batches of examples for a program of this run.
  func loader(of examples: Examples, for executor: Executor) -> BatchLoader {
    BatchLoader(
      examples: examples, program: executor.program, batch: job.batch, loss: job.model.loss)
  }
}
