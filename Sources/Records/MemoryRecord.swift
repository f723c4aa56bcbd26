/// The memory of a training run in bytes, as planned before and measured during the run.
///
/// The first six parts are what is live at the planned peak, so they add up to `plannedPeak`.
public struct MemoryRecord: Codable, Sendable, Equatable {
  /// Live bytes at the peak, from the plan.
  public var plannedPeak: Int
  /// Live bytes at the peak, from the addresses that the kernels touched; nil where nothing ran.
  public var measuredPeak: Int?
  /// Bytes that the plan reserves: persistent tensors and the arena.
  public var reserved: Int
  /// Model parameters.
  public var parameters: Int
  /// Parameter gradients live at the peak.
  public var gradients: Int
  /// Optimizer state.
  public var optimizer: Int
  /// Activations live at the peak, their gradients included.
  public var activations: Int
  /// Scratch space of the operation at the peak.
  public var workspace: Int
  /// The batch: inputs and targets.
  public var inputs: Int
  /// Bytes of forward values that are kept from the forward to the backward pass.
  public var kept: Int
  /// Bytes of the file in which forward values wait instead; nil where none do.
  public var disk: Int?
  /// The operation during which the peak is reached, such as `backward block.3.mlp.up`.
  public var peakOperation: String
  /// The largest tensors that are live at the peak, largest first.
  public var largest: [TensorSize]
  /// Kept activations and parameters by layer, in the order of the model.
  public var layers: [LayerMemory]
  /// Live bytes at each position of the schedule.
  public var timeline: [TimelinePoint]

  /// Creates a memory record.
  public init(
    plannedPeak: Int, measuredPeak: Int? = nil, reserved: Int, parameters: Int, gradients: Int,
    optimizer: Int, activations: Int, workspace: Int, inputs: Int, kept: Int,
    disk: Int? = nil, peakOperation: String, largest: [TensorSize], layers: [LayerMemory],
    timeline: [TimelinePoint]
  ) {
    self.plannedPeak = plannedPeak
    self.measuredPeak = measuredPeak
    self.reserved = reserved
    self.parameters = parameters
    self.gradients = gradients
    self.optimizer = optimizer
    self.activations = activations
    self.workspace = workspace
    self.inputs = inputs
    self.kept = kept
    self.disk = disk
    self.peakOperation = peakOperation
    self.largest = largest
    self.layers = layers
    self.timeline = timeline
  }

  /// A named tensor and its size in bytes.
  public struct TensorSize: Codable, Sendable, Equatable {
    /// The tensor's name: its layer path and what it is.
    public var name: String
    /// Its size in bytes.
    public var bytes: Int

    /// Creates a named size.
    public init(name: String, bytes: Int) {
      self.name = name
      self.bytes = bytes
    }
  }

  /// The memory that a layer is answerable for, in bytes.
  public struct LayerMemory: Codable, Sendable, Equatable {
    /// The layer's path, such as `block.0`.
    public var layer: String
    /// Bytes of its parameters.
    public var parameters: Int
    /// Bytes of its forward values kept for the backward pass.
    public var kept: Int
    /// Bytes of its forward values that are computed again in the backward pass.
    public var recomputed: Int
    /// Bytes of its forward values that wait on disk; nil where none do, or nobody told.
    public var disk: Int?

    /// Creates a layer's row.
    public init(
      layer: String, parameters: Int, kept: Int, recomputed: Int, disk: Int? = nil
    ) {
      self.disk = disk
      self.layer = layer
      self.parameters = parameters
      self.kept = kept
      self.recomputed = recomputed
    }
  }

  /// Live bytes during one operation of the schedule, persistent tensors included.
  public struct TimelinePoint: Codable, Sendable, Equatable {
    /// `forward`, `recompute`, `backward` or `optimizer`.
    public var phase: Phase
    /// Bytes that live through all steps: parameters, optimizer state, inputs.
    public var persistent: Int
    /// Bytes of parameter gradients.
    public var gradients: Int
    /// Bytes of activations and of their gradients.
    public var activations: Int
    /// Bytes of the activations that were computed again; 0 in records of versions that did not tell.
    public var recomputed: Int
    /// Bytes of scratch space.
    public var workspace: Int

    /// Creates a point.
    public init(
      phase: Phase, persistent: Int, gradients: Int, activations: Int, recomputed: Int = 0,
      workspace: Int
    ) {
      self.recomputed = recomputed
      self.phase = phase
      self.persistent = persistent
      self.gradients = gradients
      self.activations = activations
      self.workspace = workspace
    }

    /// All live bytes.
    public var total: Int { persistent + gradients + activations + workspace }
  }

  /// The part of a step that an operation belongs to.
  public enum Phase: String, Codable, Sendable {
    case forward, recompute, backward, optimizer
  }
}

/// The work that checkpointing adds to a step.
public struct RecomputeRecord: Codable, Sendable, Equatable {
  /// Forward operations that run a second time in each step.
  public var operations: Int
  /// Their flops as a fraction of the flops of a step without checkpointing.
  public var flopsFraction: Double
  /// Segments that lower no peak; nil where there are none.
  public var uselessSegments: [String]?
  /// The part of `flopsFraction` that is theirs.
  public var uselessFlopsFraction: Double?

  /// Creates a recomputation record.
  public init(
    operations: Int, flopsFraction: Double, uselessSegments: [String]? = nil,
    uselessFlopsFraction: Double? = nil
  ) {
    self.operations = operations
    self.flopsFraction = flopsFraction
    self.uselessSegments = uselessSegments
    self.uselessFlopsFraction = uselessFlopsFraction
  }
}
