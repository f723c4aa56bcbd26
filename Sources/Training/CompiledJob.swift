import Checkpointing
import ModelGraph

/// A job's programs: for training one a batch size, for evaluation one if there is any, on shared
/// memory.
struct CompiledJob {
  /// The step of a whole batch.
  let training: Program
  /// The step of an epoch's last batch, where that is smaller.
  let partial: Program?
  let evaluation: Program?
  /// Segments that cost time and lower no peak.
  let useless: UselessSegments

  /// Compiles a job.
  ///
  /// - Parameters:
  ///   - batch: examples of a whole batch.
  ///   - partialBatch: examples of the smaller batch that the run comes to, if there is one.
  /// - Throws: `TrainingFault.model`, or `.memoryLimit` with what would fit.
  init(
    _ job: TrainingJob, batch: Int, partialBatch: Int?, threads: Int
  ) throws(TrainingFault) {
    let options = TrainingOptions(job, threads: threads)
    let limit: Int?
    do throws(ModelFault) {
      let derivative = try TrainingGraph(lowering: job.model, batch: batch, options: options)
      training = Program(training: derivative, options: options)
      let smaller = options.besides(training)
      partial = try partialBatch.map { size throws(ModelFault) in
        Program(
          training: try TrainingGraph(lowering: job.model, batch: size, options: smaller),
          options: smaller)
      }
      limit = options.limit(for: derivative)
      useless = UselessSegments(derivative, options: options)
      evaluation =
        job.evaluateEvery == nil
        ? nil
        : Program(
          evaluating: try Graph(
            lowering: job.model, batch: batch, training: false, precision: job.precision),
          hits: job.evaluatedMetrics.hits, threads: threads)
    } catch {
      throw .model(error)
    }
    precondition(
      partial.map { $0.sharesState(with: training) } ?? true,
      "batches of all sizes have their weights and optimizer state at the same place")
    try Self.check(training, batch, limit: limit, of: job, options: options)
    if let partial, let partialBatch {
      try Self.check(partial, partialBatch, limit: limit, of: job, options: options)
    }
  }

  // What an evaluation reserves is within what training does: it keeps nothing for a backward pass.
  private static func check(
    _ program: Program, _ batch: Int, limit: Int?, of job: TrainingJob, options: TrainingOptions
  ) throws(TrainingFault) {
    let (limit, machine) = (limit ?? .max, job.machineMemory ?? .max)
    guard program.reservedBytes > min(limit, machine) else { return }
    var refusal: MemoryRefusal
    do throws(ModelFault) {
      refusal = try MemoryRefusal(
        program, limit: min(limit, machine), model: job.model, batch: batch, options: options)
    } catch {
      throw .model(error)
    }
    refusal.isMachine = machine < limit
    throw .memoryLimit(refusal)
  }

  /// Bytes of each region, large enough for all programs.
  var regionBytes: [Program.Region: Int] {
    [partial, evaluation].compactMap(\.?.regionBytes)
      .reduce(training.regionBytes) { $0.merging($1) { max($0, $1) } }
  }
}

extension TrainingOptions {
  fileprivate init(_ job: TrainingJob, threads: Int) {
    self.init(
      policy: job.policy, optimizer: job.optimizer, accumulate: job.accumulate,
      batchesDiffer: !job.dropsLast, clipNorm: job.clipNorm, precision: job.precision,
      memoryLimit: job.memoryLimit, offload: job.offload, cost: job.cost, threads: threads)
  }

  /// The options of a smaller batch: a plan for it may fill what the larger one needs, no more, so
  /// that the peak of the larger one is the run's.
  fileprivate func besides(_ larger: Program) -> TrainingOptions {
    guard case .budget = policy else { return self }
    return with(policy: .budget(.bytes(larger.memory.peak.total)))
  }
}

extension Program {
  /// Whether all that outlives a batch is where another program has it.
  fileprivate func sharesState(with other: Program) -> Bool {
    let regions: [Region] = [.parameters, .optimizer, .gradients]
    return regions.allSatisfy { regionBytes[$0] == other.regionBytes[$0] }
      && parameters == other.parameters && statistics == other.statistics
      && optimizerStates == other.optimizerStates
      && (regionBytes[.gradients] == 0 || gradients == other.gradients)
  }
}
