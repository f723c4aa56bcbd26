import ModelGraph

/// The memory of a step in bytes, for every position of its schedule.
public struct MemoryPlan: Sendable {
  /// Live bytes by part at each position.
  public internal(set) var timeline: [Usage] = []
  /// The position with the most live bytes; the first of several.
  public internal(set) var peakPosition = 0
  /// The operation at the peak.
  public internal(set) var peakOperation = ""
  /// The tensors that are live at the peak, largest first.
  public internal(set) var largest: [Item] = []
  /// The operations' names, position by position.
  public internal(set) var operations: [String] = []
  /// All tensors and when they are live; scratch space is in the timeline alone.
  public internal(set) var lifetimes: [Lifetime] = []
  /// Bytes of the model's parts, in the order of the model.
  public internal(set) var layers: [LayerUsage] = []
  /// The forward values that wait for the backward pass.
  public internal(set) var keptTensors: [Item] = []
  /// The forward values that wait for the backward pass on disk, in the order of their writes.
  public internal(set) var diskTensors: [Item] = []
  /// Bytes of the file that they wait in.
  public internal(set) var diskBytes = 0
  /// Forward operations that run again.
  public internal(set) var recomputedOperations = 0
  /// Their flops.
  public internal(set) var recomputedFlops = 0
  /// The flops of the step without them.
  public internal(set) var flops = 0

  /// Live bytes at the peak.
  public var peak: Usage { timeline.isEmpty ? Usage(phase: .forward) : timeline[peakPosition] }
  /// Forward values that wait for the backward pass, in bytes.
  public var kept: Int { layers.reduce(0) { $0 + $1.kept } }
  /// Recomputed flops as a fraction of the step's without recomputation.
  public var recomputedFraction: Double {
    flops == 0 ? 0 : Double(recomputedFlops) / Double(flops)
  }

  /// Live bytes during one operation, by what they are for.
  public struct Usage: Sendable, Hashable {
    /// The part of the step.
    public var phase: ScheduledOperation.Phase
    /// Weights and running statistics.
    public var parameters = 0
    /// Gradients of weights.
    public var gradients = 0
    /// The optimizer's tensors.
    public var optimizer = 0
    /// Activations and their gradients.
    public var activations = 0
    /// Those of the activations that were computed again.
    public var recomputed = 0
    /// The batch, its targets, and the loss.
    public var inputs = 0
    /// Scratch space.
    public var workspace = 0

    /// All live bytes.
    public var total: Int {
      parameters + gradients + optimizer + activations + inputs + workspace
    }

    /// Adds the bytes of a storage that begins, or takes those of one that ended.
    mutating func add(_ storage: Storage, sign: Int) {
      let byteCount = sign * storage.byteCount
      if storage.role == .activation, storage.phase == .recompute { recomputed += byteCount }
      switch storage.role {
      case .parameter, .statistic: parameters += byteCount
      case .parameterGradient: gradients += byteCount
      case .optimizerState: optimizer += byteCount
      case .cache, .activation, .activationGradient: activations += byteCount
      case .input, .result: inputs += byteCount
      }
    }
  }

  /// A named tensor with its size.
  public struct Item: Sendable, Hashable {
    /// The tensor.
    public var name: String
    /// Its size in bytes.
    public var byteCount: Int
  }

  /// Bytes that a part of the model is answerable for.
  public struct LayerUsage: Sendable, Hashable {
    /// The layer's path.
    public var layer: String
    /// Bytes of its parameters.
    public var parameters: Int
    /// Bytes of its forward values kept for the backward pass.
    public var kept: Int
    /// Bytes of its forward values computed again.
    public var recomputed: Int
    /// Bytes of its forward values that wait on disk.
    public var disk = 0
  }
}
