import Checkpointing
public import Records

/// How far a run got, and what it measured on the way.
struct RunProgress {
  /// Steps done.
  var step = 0
  /// The loss of each step.
  var losses: [Float] = []
  /// The series of evaluations, such as `validation.loss`.
  var evaluations: [String: [MetricSeries.Point]] = [:]
  /// The time of each step that this process or an earlier one ran.
  var times: [StepTimes] = []
  /// Seconds of the whole run, over all processes.
  var seconds = 0.0
  /// The measured peak of an earlier process.
  var measuredPeak: Int?
  /// The digest of the last step's gradients, once it ran.
  var gradientDigest: String?
}

/// The time of one step in seconds.
struct StepTimes: Codable, Equatable {
  var total: Double
  var forward: Double
  var backward: Double
  var recompute: Double
  var optimizer: Double
  /// What it waited for the disk; nil where values wait in memory alone.
  var disk: Double?

  init(_ total: Double, parts: [ScheduledOperation.Phase: Double], disk: Double?) {
    self.total = total
    self.disk = disk
    forward = parts[.forward, default: 0]
    backward = parts[.backward, default: 0]
    recompute = parts[.recompute, default: 0]
    optimizer = parts[.optimizer, default: 0]
  }
}

/// What is told after each step.
public struct StepReport: Codable, Sendable {
  /// The step, from 1.
  public let step: Int
  /// Steps of the run.
  public let steps: Int
  /// The step's loss.
  public let loss: Float
  /// The step's time in seconds.
  public let seconds: Double
  /// The peak in bytes, measured.
  public let peak: Int
}

/// What a run measured: the parts of a record.
public struct TrainingOutcome: Sendable {
  /// `loss` and that of the evaluated split, such as `validation.loss`.
  public let metrics: [String: MetricSeries]
  /// Planned and measured memory.
  public let memory: MemoryRecord
  /// Work done twice.
  public let recompute: RecomputeRecord
  /// Where the time went.
  public let timing: TimingRecord
  /// `losses`, `weights`, and `gradients` of the last step.
  public let digest: [String: String]
  /// The set-up.
  public let summary: TrainSummary
}
