/// Where the time of a run went, in seconds; forward to optimizer are medians of one step.
public struct TimingRecord: Codable, Sendable, Equatable {
  /// The median time of a step.
  public var stepMedian: Double
  /// Forward operations of a step.
  public var forward: Double
  /// Backward operations of a step.
  public var backward: Double
  /// Forward operations of a step that run again.
  public var recompute: Double
  /// The optimizer's part of a step.
  public var optimizer: Double
  /// What a step waited for the disk besides; nil where values wait in memory alone.
  public var disk: Double?
  /// The whole cell, set-up and evaluation included.
  public var total: Double
  /// The process's memory around the run; nil where the system does not tell.
  public var process: ProcessMemory?

  /// Creates a timing record.
  public init(
    stepMedian: Double, forward: Double, backward: Double, recompute: Double, optimizer: Double,
    disk: Double? = nil, total: Double, process: ProcessMemory? = nil
  ) {
    self.disk = disk
    self.process = process
    self.stepMedian = stepMedian
    self.forward = forward
    self.backward = backward
    self.recompute = recompute
    self.optimizer = optimizer
    self.total = total
  }
}

/// Resident bytes of the process as the system counts them: a measure that owes nothing to the plan.
public struct ProcessMemory: Codable, Sendable, Equatable {
  /// Before the run claimed its memory.
  public var before: Int
  /// The most until its last step.
  public var peak: Int

  /// Creates a measurement.
  public init(before: Int, peak: Int) {
    self.before = before
    self.peak = peak
  }
}

/// What numbers depend on besides a cell's inputs.
public struct EnvironmentRecord: Codable, Sendable, Equatable {
  /// `native` or `portable`.
  public var numerics: String
  /// The instruction set of the kernels: `avx2` or `avx512`.
  public var kernels: String
  /// Worker threads; never changes a number.
  public var threads: Int
  /// The engine's version.
  public var engine: String

  /// Creates an environment.
  public init(numerics: String, kernels: String, threads: Int, engine: String) {
    self.numerics = numerics
    self.kernels = kernels
    self.threads = threads
    self.engine = engine
  }

  /// The part that a record is found by: all of it but the engine's version, which is in the key.
  ///
  /// Kernels and threads change no number, but times, and every worker has scratch space, which is
  /// in the memory tables.
  public var identity: String { "\(numerics);\(kernels);\(threads)" }
}
