public import ModelGraph

/// A step as a list of operations in the order of their execution: the outcome of a policy.
public struct Schedule: Sendable {
  /// The operations.
  public internal(set) var operations: [ScheduledOperation] = []
  /// The tensor that each value is an instance of: a recomputed tensor has several values.
  public internal(set) var values: [TensorID] = []
  /// The operations of one batch's forward and backward pass; the optimizer's come after it and run
  /// once for all accumulated batches.
  public internal(set) var passCount = 0
  /// All tensors, optimizer state included.
  public internal(set) var tensors: [TensorDescriptor] = []

  /// The descriptor of a value's tensor.
  public func descriptor(of value: Int) -> TensorDescriptor { tensors[values[value].index] }
}

/// An operation at a position of the schedule.
public struct ScheduledOperation: Sendable, Hashable {
  /// What is computed.
  public var kind: OperationKind
  /// Values read.
  public var inputs: [Int]
  /// Values written.
  public var outputs: [Int]
  /// The part of the step.
  public var phase: Phase
  /// The layer's path.
  public var layer: String
  /// The number in random streams.
  public var stream: UInt32

  /// The parts of a step.
  public enum Phase: String, Sendable, Hashable, CaseIterable {
    case forward, recompute, backward, optimizer
  }

  /// The operation's name in reports: `backward block.3.mlp.up (linear)`.
  public var label: String { "\(phase.rawValue) \(layer) (\(kind.rule.name))" }
}
