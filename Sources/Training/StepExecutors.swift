import Checkpointing
import Digests

/// The executors of a run's steps, on one arena.
///
/// There is one for whole batches and, where an epoch's last batch is smaller and not dropped, one
/// for that.
struct StepExecutors {
  let whole: Executor
  let partial: Executor?
  /// Examples of the batches of `partial`.
  let partialBatch: Int?

  init(whole: Executor, partial: Executor?, partialBatch: Int?, verifiesReplay: Bool) {
    self.whole = whole
    self.partial = partial
    self.partialBatch = partialBatch
    all.forEach { $0.verifiesReplay = verifiesReplay }
  }

  /// A batch, and what runs it.
  struct Pass {
    let executor: Executor
    let loader: BatchLoader
    /// The batch's examples.
    let examples: ArraySlice<Int>
  }

  /// The executor for so many examples.
  func executor(for examples: Int) -> Executor {
    guard let partial, examples == partialBatch else { return whole }
    return partial
  }

  private var all: [Executor] { [whole] + (partial.map { [$0] } ?? []) }

  /// Runs one step of a pass a batch.
  ///
  /// Each batch is read when its pass begins: a step of many would hold them all.
  /// - Returns: the mean of the passes' mean losses.
  /// - Throws: `TrainingFault.data` or `.nothingCountsInStep`, after which the weights are those of no
  ///   step.
  func step(_ context: StepContext, _ passes: [Pass]) throws(TrainingFault) -> Float {
    all.forEach { $0.begin() }
    var loss: Float = 0
    for (number, pass) in passes.enumerated() {
      let executor = pass.executor
      let isLast = !passes[(number + 1)...].contains { $0.executor === executor }
      let batch = try pass.loader.batch(pass.examples)
      guard pass.loader.counts(batch) else { throw .nothingCountsInStep(context.step) }
      loss = executor.pass(number, context, loss: loss, isLast: isLast) {
        pass.loader.write(batch, to: executor.arena)
      }
    }
    // Either could update where both added to the gradients. It is the whole batch's, so that its
    // measurement has the update in it even if each step ends with a smaller batch.
    let runsWhole = passes.contains { $0.executor === whole }
    (runsWhole ? whole : partial)?.finish(context)
    all.forEach { $0.finishMeasurement() }
    return loss
  }

  // MARK: - What was measured

  /// Has the next steps take the digest of each gradient before the update that uses it up.
  func takeGradientDigests() { all.forEach { $0.gradientDigests = GradientDigests() } }

  /// The digest of the last step's gradients, if it was taken.
  var gradientDigest: String? { all.lazy.compactMap { $0.gradientDigests?.whole?.hex }.first }

  /// Seconds of the last step that went into that digest, and not into training.
  var digestSeconds: Double { all.reduce(0) { $0 + ($1.gradientDigests?.seconds ?? 0) } }

  /// Seconds by part of the last step.
  var seconds: [ScheduledOperation.Phase: Double] {
    all.reduce(into: [:]) { $0.merge($1.seconds, uniquingKeysWith: +) }
  }

  /// Seconds that the last step waited for the disk, in none of its parts.
  var diskSeconds: Double { all.reduce(0) { $0 + $1.diskSeconds } }

  /// Why a transfer to or from the disk failed, if one did.
  var diskFailure: DiskFailure? { whole.disk?.failure }

  /// The first operation whose recomputation gave other bits.
  var replayDifference: String? { all.lazy.compactMap(\.replayDifference).first }

  /// Live bytes at the peak of the steps that ran so far; nil where none did.
  var measuredPeak: Int? { all.compactMap(\.measuredPeak).max() }

  /// Whether each executor has run, so that no earlier process knows more.
  var areMeasured: Bool { all.allSatisfy { $0.measuredPeak != nil } }

  /// The plan with the larger peak.
  var memory: MemoryPlan {
    guard let other = partial?.program.memory, other.peak.total > whole.program.memory.peak.total
    else { return whole.program.memory }
    return other
  }
}
