/// Names a tensor of one graph.
public struct TensorID: Hashable, Sendable, Comparable {
  /// The position in the graph's tensor list.
  public let index: Int

  /// Creates the name of the tensor at a position.
  public init(_ index: Int) { self.index = index }

  /// Orders tensors by position.
  public static func < (left: TensorID, right: TensorID) -> Bool { left.index < right.index }
}

/// What one element of a tensor is.
public enum ElementType: String, Hashable, Sendable {
  case float32
  case bfloat16
  case int32

  /// Bytes of an element.
  public var byteCount: Int {
    switch self {
    case .float32, .int32: 4
    case .bfloat16: 2
    }
  }
}

/// What a tensor is for; decides how long it lives and which part of the memory table it is in.
public enum TensorRole: Hashable, Sendable {
  /// A weight; lives through all steps.
  case parameter
  /// A running statistic; lives through all steps beside the weights, but no gradient reaches it.
  case statistic
  /// The gradient of a weight; lives from its first contribution to the optimizer's update.
  case parameterGradient
  /// A tensor of the optimizer; lives through all steps.
  case optimizerState
  /// What positions of a sequence leave for later ones; lives through all steps of a generation.
  case cache
  /// Tokens, features or targets of the batch; live through the step.
  case input
  /// A value of the forward pass.
  case activation
  /// The gradient of a value of the forward pass.
  case activationGradient
  /// A scalar that the step reports.
  case result

  /// Whether the tensor keeps its place through all steps.
  public var isPersistent: Bool {
    switch self {
    case .parameter, .statistic, .optimizerState, .cache, .input, .result: true
    case .parameterGradient, .activation, .activationGradient: false
    }
  }
}

/// A tensor's name, shape and role; values exist only while a program runs.
public struct TensorDescriptor: Hashable, Sendable {
  /// The layer's path and what the tensor is in it, such as `block.0.mlp.up.output`.
  public var name: String
  /// The layer that it belongs to.
  public var layer: String
  /// Extents, outermost first.
  public var shape: [Int]
  /// What an element is.
  public var element: ElementType
  /// What it is for.
  public var role: TensorRole

  /// Creates a descriptor.
  public init(
    name: String, layer: String, shape: [Int], element: ElementType = .float32, role: TensorRole
  ) {
    self.name = name
    self.layer = layer
    self.shape = shape
    self.element = element
    self.role = role
  }

  /// The number of elements.
  public var count: Int { shape.reduce(1, *) }
  /// The size in bytes.
  public var byteCount: Int { count * element.byteCount }
}
