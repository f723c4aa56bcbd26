public import Records

/// What a training step keeps in memory, as far as a diff needs it to explain a difference.
public struct MemoryFootprint: Sendable, Equatable {
  /// The checkpoint policy; nil where unknown.
  public var policy: String?
  /// Worker threads, each of which has scratch space; nil where unknown.
  public var threads: Int?
  /// Scratch space at the peak, in bytes.
  public var workspace: Int
  /// Parameters and kept values by layer.
  public var layers: [MemoryRecord.LayerMemory]
  /// The kept values by name; nil where only their sums by layer are known.
  public var tensors: [MemoryRecord.TensorSize]?
  /// The values that wait on disk by name; nil where only their sums by layer are known.
  public var onDisk: [MemoryRecord.TensorSize]?

  /// Creates a footprint.
  public init(
    policy: String? = nil, threads: Int? = nil, workspace: Int = 0,
    layers: [MemoryRecord.LayerMemory], tensors: [MemoryRecord.TensorSize]? = nil,
    onDisk: [MemoryRecord.TensorSize]? = nil
  ) {
    self.onDisk = onDisk
    self.policy = policy
    self.threads = threads
    self.workspace = workspace
    self.layers = layers
    self.tensors = tensors
  }
}
