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
  let executors: StepExecutors
  let evaluation: Executor?
  let useless: UselessSegments
  var order: BatchOrder
  var progress = RunProgress()
  /// Resident bytes of the process before the run claimed its memory.
  let residentBefore: Int?

  /// The executor of whole batches.
  var training: Executor { executors.whole }

  /// Compiles the job and claims its memory.
  ///
  /// - Parameters:
  ///   - saved: where steps are saved, so that a killed run can continue; nil saves none.
  ///   - earlier: where runs that differ in their number of steps alone keep their last state; nil
  ///     continues none.
  ///   - weights: what the model begins with; nil draws all of it.
  ///   - diskFolder: where the file lies in which values wait, if any do.
  /// - Throws: `TrainingFault`; nothing has run then.
  public init(
    _ job: TrainingJob, data: Dataset, kernels: Kernels, saved: SavedSteps? = nil,
    earlier: SavedSteps? = nil, weights: InitialWeights? = nil, diskFolder: String = "/tmp"
  ) throws(TrainingFault) {
    self.job = job
    self.data = data
    self.kernels = kernels
    self.saved = saved
    self.earlier = earlier
    self.weights = weights
    try job.checkNumbers()
    let time = try job.checkFit(of: data)
    order = try job.order(of: data, time: time)
    try job.checkEvaluation(of: data, time: time)
    steps = job.stepCount(batchesPerEpoch: order.batchesPerEpoch)
    // A run that ends before its first epoch does never comes to the last batch.
    let partial = steps > (order.batchesPerEpoch - 1) / job.accumulate ? order.partialBatch : nil
    let programs = try CompiledJob(
      job, batch: order.batch, partialBatch: partial, threads: kernels.threads)
    ResidentMemory.forgetPeak()
    residentBefore = ResidentMemory.measured()?.now
    let arena = try Arena(byteCounts: programs.regionBytes)
    let diskBytes = programs.regionBytes[.disk] ?? 0
    let disk = try diskBytes > 0 ? DiskFile(byteCount: diskBytes, folder: diskFolder) : nil
    executors = StepExecutors(
      whole: Executor(programs.training, arena: arena, kernels: kernels, disk: disk),
      partial: programs.partial.map {
        Executor($0, arena: arena, kernels: kernels, disk: disk)
      },
      partialBatch: partial, verifiesReplay: job.verifiesReplay)
    useless = programs.useless
    evaluation = programs.evaluation.map { Executor($0, arena: arena, kernels: kernels) }
  }

  /// Runs to the last step.
  ///
  /// - Parameters:
  ///   - observe: called after each step; false stops the run after saving it.
  ///   - unsaved: called once if a step can't be saved while the run goes on. Such a run is as right
  ///     as any; it is the one after a kill that has more to do again.
  /// - Returns: the record's measurements.
  /// - Throws: `TrainingFault`.
  public func run(
    observe: (StepReport) -> Bool = { _ in true }, unsaved: (TrainingFault) -> Void = { _ in }
  ) throws(TrainingFault) -> TrainingOutcome {
    let clock = ContinuousClock()
    let start = clock.now
    progress = RunProgress()
    if !restore(), !continueEarlier() { try initializeParameters() }
    let earlier = progress.seconds
    var timer = SaveTimer(interval: saved?.interval ?? .zero)
    var hasToldUnsaved = false
    while progress.step < steps {
      let report = try step()
      let goesOn = observe(report)
      if let saved, progress.step < steps, !goesOn || timer.isDue {
        let seconds = earlier + (clock.now - start).seconds
        do throws(TrainingFault) {
          try timer.measure { () throws(TrainingFault) in try save(to: saved, seconds: seconds) }
        } catch {
          // Who stops a run relies on the step that it says to have saved.
          guard goesOn else { throw error }
          if !hasToldUnsaved { unsaved(error) }
          hasToldUnsaved = true
        }
      }
      guard goesOn || progress.step == steps else { throw .interrupted(step: progress.step) }
    }
    progress.seconds = earlier + (clock.now - start).seconds
    try checkWeights()
    return outcome()
  }

  /// No loss tells what the last update did.
  private func checkWeights() throws(TrainingFault) {
    for tensor in training.program.parameters + training.program.statistics
    where !training.arena.isFinite(tensor.slot) {
      throw .weightNotFinite(step: steps, parameter: tensor.descriptor.name)
    }
  }

  private func step() throws(TrainingFault) -> StepReport {
    let clock = ContinuousClock()
    let start = clock.now
    let number = progress.step + 1
    let passes = passes(ofStep: number)
    let context = StepContext(
      seed: UInt64(bitPattern: Int64(job.seed)), step: number, passes: job.accumulate,
      learningRate: job.learningRate(step: number, of: steps))
    if number == steps { executors.takeGradientDigests() }
    let loss = try executors.step(context, passes)
    progress.gradientDigest = executors.gradientDigest
    if let failure = executors.diskFailure {
      throw .diskFailed(step: number, isWrite: failure.isWrite, reason: failure.reason)
    }
    if let operation = executors.replayDifference {
      throw .replayDiffers(step: number, operation: operation)
    }
    guard loss.isFinite else { throw .lossNotFinite(step: number) }
    progress.step = number
    progress.losses.append(loss)
    progress.times.append(
      StepTimes(
        (clock.now - start).seconds - executors.digestSeconds, parts: executors.seconds,
        disk: job.offload == nil ? nil : executors.diskSeconds))
    if let every = job.evaluateEvery, number % every == 0 || number == steps {
      note(try evaluate(), step: number)
    }
    return StepReport(
      step: number, steps: steps, loss: loss, seconds: progress.times.last?.total ?? 0,
      peak: measuredPeak ?? executors.memory.peak.total)
  }

  /// The batches that a step adds up.
  private func passes(ofStep number: Int) -> [StepExecutors.Pass] {
    var passes: [StepExecutors.Pass] = []
    for batch in (number - 1) * job.accumulate..<number * job.accumulate {
      let examples = order.examples(ofBatch: batch)
      let executor = executors.executor(for: examples.count)
      let loader = loader(of: data.train, for: executor, batch: examples.count)
      passes.append(
        StepExecutors.Pass(executor: executor, loader: loader, examples: examples))
    }
    return passes
  }

  /// Live bytes at the peak of all steps, those of earlier processes included.
  var measuredPeak: Int? {
    guard !executors.areMeasured else { return executors.measuredPeak }
    return [executors.measuredPeak, progress.measuredPeak].compactMap { $0 }.max()
  }

  /// Makes batches of examples for a program of this run.
  ///
  /// - Parameter batch: examples of a batch; those of whole batches by default.
  func loader(
    of examples: Examples, for executor: Executor, batch: Int? = nil
  ) -> BatchLoader {
    BatchLoader(
      examples: examples, program: executor.program, batch: batch ?? order.batch,
      loss: job.model.loss)
  }
}
