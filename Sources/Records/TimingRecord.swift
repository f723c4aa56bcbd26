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
  /// The whole cell, set-up and evaluation included.
  public var total: Double

  /// Creates a timing record.
  public init(
    stepMedian: Double, forward: Double, backward: Double, recompute: Double, optimizer: Double,
    total: Double
  ) {
    self.stepMedian = stepMedian
    self.forward = forward
    self.backward = backward
    self.recompute = recompute
    self.optimizer = optimizer
    self.total = total
  }
}

/// What numbers depend on besides a cell's inputs.
public struct EnvironmentRecord: Codable, Sendable, Equatable {
  /// `native` or `portable`.
  public var numerics: String
  /// The instruction set of the kernels: `avx2` or `avx512`.
  public var kernels: String
  /// OpenBLAS's core name and configuration.
  public var blas: String
  /// Worker threads; never changes a number.
  public var threads: Int
  /// The engine's version.
  public var engine: String

  /// Creates an environment.
  public init(numerics: String, kernels: String, blas: String, threads: Int, engine: String) {
    self.numerics = numerics
    self.kernels = kernels
    self.blas = blas
    self.threads = threads
    self.engine = engine
  }

  /// The part that a record is found by: everything that can change a bit of a result.
  ///
  /// Threads change no number, but every worker has scratch space, and that is in the memory tables.
  public var identity: String { "\(numerics);\(kernels);\(blas);\(threads)" }
}
