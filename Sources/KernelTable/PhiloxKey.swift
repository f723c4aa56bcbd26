/// Names one stream of random numbers: a run's seed, the step, and the operation that draws.
///
/// A number depends on its key and its index alone, so a mask is drawn again instead of stored.
/// Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011): the
/// seed is the cipher's key; the index, the step and the operation are its counter.
public struct PhiloxKey: Hashable, Sendable {
  /// The run's seed.
  public var seed: UInt64
  /// The optimizer step; 0 for what is drawn before the first step.
  public var step: UInt32
  /// The operation within the graph.
  public var operation: UInt32

  /// Creates a key.
  public init(seed: UInt64, step: UInt32, operation: UInt32) {
    self.seed = seed
    self.step = step
    self.operation = operation
  }
}
