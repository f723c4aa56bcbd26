public import ModelGraph

/// A step compiled to kernel calls with resolved addresses, and what it needs of memory.
public struct Program: Sendable {
  /// The kernel calls in order.
  public internal(set) var instructions: [Instruction] = []
  /// What the plan frees after each of them: the last reader of these bytes has run.
  public internal(set) var releases: [[Slot]] = []
  /// How many of them are one batch's forward and backward pass; the optimizer's follow.
  public internal(set) var passCount = 0
  /// The parameters in the order of the model.
  public internal(set) var parameters: [PlacedTensor] = []
  /// How the parameters are drawn.
  public internal(set) var initializations: [ParameterInitialization] = []
  /// Running statistics, in the order of the model.
  public internal(set) var statistics: [PlacedTensor] = []
  /// What they begin with.
  public internal(set) var statisticInitializations: [ParameterInitialization] = []
  /// The complete gradients of the parameters, where they are when the optimizer runs.
  public internal(set) var gradients: [Slot] = []
  /// The optimizer's tensors.
  public internal(set) var optimizerStates: [PlacedTensor] = []
  /// Where the batch goes.
  public internal(set) var input = Slot(region: .step, offset: 0, byteCount: 0)
  /// Where the padding mask goes, if the model has one.
  public internal(set) var paddingMask: Slot?
  /// Where the types of tokens go, if the model has them.
  public internal(set) var tokenTypes: Slot?
  /// Where the targets go.
  public internal(set) var target = Slot(region: .step, offset: 0, byteCount: 0)
  /// Where the loss is found.
  public internal(set) var loss = Slot(region: .step, offset: 0, byteCount: 0)
  /// Rows of the input.
  public internal(set) var rows = 0
  /// Rows of the output, each with a target.
  public internal(set) var targetRows = 0
  /// Rows of an example: positions of a sequence, else 1.
  public internal(set) var time = 1
  /// Bytes of each region.
  public internal(set) var regionBytes: [Region: Int] = [:]
  /// The memory of the step, position by position.
  public internal(set) var memory = MemoryPlan()

  /// Parts of memory with a life of their own.
  public enum Region: Int, Sendable, Hashable, CaseIterable {
    /// Weights and running statistics, shared with evaluation.
    case parameters
    /// The optimizer's tensors.
    case optimizer
    /// What a generation keeps of earlier positions.
    case cache
    /// Gradients that programs of several batch sizes add to; elsewhere gradients live in a step.
    case gradients
    /// All that lives within a step.
    case step
    /// The file in which values wait for the backward pass: no memory.
    case disk
  }

  /// A range of bytes of a region.
  public struct Slot: Sendable, Hashable {
    /// The region.
    public var region: Region
    /// Bytes from the region's begin, aligned to 64.
    public var offset: Int
    /// The size in bytes.
    public var byteCount: Int

    /// Names a range of bytes.
    public init(region: Region, offset: Int, byteCount: Int) {
      self.region = region
      self.offset = offset
      self.byteCount = byteCount
    }
  }

  /// A tensor and its place.
  public struct PlacedTensor: Sendable, Hashable {
    /// The tensor.
    public var descriptor: TensorDescriptor
    /// Its place.
    public var slot: Slot
  }

  /// A kernel call.
  public struct Instruction: Sendable, Hashable {
    /// What is computed.
    public var kind: OperationKind
    /// Where inputs are.
    public var inputs: [Slot]
    /// Where outputs go.
    public var outputs: [Slot]
    /// Scratch space, after the staged operands if there are any.
    public var workspace: Slot?
    /// Where a transfer's value lies in the file.
    public var disk: Slot?
    /// Where operands that kernels can't read as they are lie in the scratch space.
    public var staging: Staging?
    /// The part of the step.
    public var phase: ScheduledOperation.Phase
    /// The layer's path.
    public var layer: String
    /// The number in random streams.
    public var stream: UInt32
    /// Whether it writes parameter gradients for the first time in a pass, where a later pass that
    /// accumulates has to add to what is there.
    public var startsGradient: Bool
  }

  /// Bytes of memory that the program needs in all.
  public var reservedBytes: Int {
    regionBytes.reduce(0) { $1.key == .disk ? $0 : $0 + $1.value }
  }

  /// Bytes of the file in which values wait for the backward pass.
  public var diskBytes: Int { regionBytes[.disk] ?? 0 }
}
