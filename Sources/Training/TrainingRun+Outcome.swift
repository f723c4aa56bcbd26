import Checkpointing
import Digests
import Kernels
import ModelGraph
import Records

#if canImport(Glibc)
  import Glibc
#endif

extension TrainingRun {
  func outcome() -> TrainingOutcome {
    let plan = executors.memory
    var metrics = ["loss": MetricSeries(points: loggedLosses)]
    for (name, points) in progress.evaluations { metrics[name] = MetricSeries(points: points) }
    if job.metrics.contains(.perplexity) {
      metrics["perplexity"] = MetricSeries(
        points: loggedLosses.map { MetricSeries.Point(step: $0.step, value: exp($0.value)) })
    }
    return TrainingOutcome(
      metrics: metrics,
      memory: MemoryRecord(
        plan: plan, reserved: reservedBytes,
        measuredPeak: measuredPeak, offload: job.offload),
      recompute: RecomputeRecord(plan: training.program.memory, useless: useless),
      timing: timing, digest: digests, summary: summary)
  }

  private var reservedBytes: Int {
    Program.Region.allCases.reduce(0) { $0 + training.arena.bytes(of: $1).count }
  }

  private var loggedLosses: [MetricSeries.Point] {
    progress.losses.enumerated().compactMap { index, loss in
      let step = index + 1
      guard step == 1 || step == steps || step % job.logEvery == 0 else { return nil }
      return MetricSeries.Point(step: step, value: Double(loss))
    }
  }

  private var timing: TimingRecord {
    func median(_ part: (StepTimes) -> Double) -> Double {
      // The first step touches all memory for the first time and is left out where there are others.
      let times = progress.times.count > 1 ? progress.times.dropFirst() : progress.times[...]
      let sorted = times.map(part).sorted()
      return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
    }
    return TimingRecord(
      stepMedian: median(\.total), forward: median(\.forward), backward: median(\.backward),
      recompute: median(\.recompute), optimizer: median(\.optimizer),
      disk: job.offload == nil ? nil : median { $0.disk ?? 0 }, total: progress.seconds,
      process: processMemory)
  }

  private var processMemory: ProcessMemory? {
    guard let before = residentBefore, let peak = ResidentMemory.measured()?.peak else {
      return nil
    }
    return ProcessMemory(before: before, peak: peak)
  }

  private var summary: TrainSummary {
    let batches = Double(steps * job.accumulate)
    return TrainSummary(
      steps: steps, batch: job.batch,
      contextLength: training.program.time > 1 ? training.program.time : nil,
      parameters: training.program.parameters.reduce(0) { $0 + $1.descriptor.count },
      policy: job.policy.description(with: job.offload),
      precision: job.precision == .f32 ? nil : job.precision.rawValue,
      optimizer: job.optimizer.name, seed: job.seed,
      epochs: batches / Double(order.batchesPerEpoch),
      hasEqualReplay: job.verifiesReplay ? true : nil)
  }

  private var digests: [String: String] {
    var digests = ["losses": lossDigest.hex, "weights": weightDigest.hex]
    digests["gradients"] = progress.gradientDigest
    return digests
  }

  /// The digest of the bits of every step's loss.
  private var lossDigest: Digest {
    progress.losses.map { $0.bitPattern.littleEndian }.withUnsafeBytes { Digest(hashing: $0) }
  }

  /// The digest of the bits of all weights and running statistics.
  private var weightDigest: Digest {
    training.digest(
      of: (training.program.parameters + training.program.statistics).map(\.slot))
  }
}
