/// A model lowered to operations for a batch: the forward pass up to, and with, its loss.
public struct Graph: Sendable {
  /// All tensors.
  public var tensors: [TensorDescriptor] = []
  /// The forward operations in order, without the loss.
  public var operations: [Operation] = []
  /// The layers, as nested ranges of operations.
  public var layers: [LayerNode] = []
  /// The parameters and how they are drawn, in the order of the model.
  public var parameters: [Parameter] = []
  /// Running statistics and what they begin with, in the order of the model.
  public var statistics: [Parameter] = []
  /// The batch: tokens [batch × time], features [batch, features], or pixels [batch × height × width,
  /// channels].
  public var input = TensorID(0)
  /// 1 for tokens and 0 for padding [batch, time], where examples may be shorter than the context.
  public var paddingMask: TensorID?
  /// The types of the tokens [batch × time], where they have any.
  public var tokenTypes: TensorID?
  /// What the loss compares with: class indices [target rows], or values like the prediction.
  public var target = TensorID(0)
  /// The last value of the model; with a fused output layer, that layer's input.
  public var prediction = TensorID(0)
  /// The output layer that is fused with the loss, if there is one.
  public var head: Head?
  /// What the loss is.
  public var loss: LossSpec = .crossEntropy
  /// Examples.
  public var batch = 0
  /// Positions of an example that is a sequence, else 1.
  public var time = 1
  /// What the model's last value is for an example.
  public var predictionShape = ValueShape.vector(0)

  /// The descriptor of a tensor.
  public subscript(tensor: TensorID) -> TensorDescriptor { tensors[tensor.index] }

  /// Columns of the model's output: classes, or numbers to predict.
  public var outputWidth: Int { head?.classes ?? predictionShape.columns }

  /// Rows of the model's output, each with a target.
  public var targetRows: Int { batch * predictionShape.positions }

  /// How many classes the outputs tell apart; nil for any number of them.
  ///
  /// Each class has its own output, or the one output tells them apart: two classes by a sign, and
  /// the index itself by a squared error.
  public var distinguishedClasses: Int? {
    switch loss {
    case .crossEntropy: outputWidth
    case .binaryCrossEntropy: max(2, outputWidth)
    case .meanSquaredError: outputWidth == 1 ? nil : outputWidth
    }
  }

  /// A parameter and how it is drawn.
  public struct Parameter: Hashable, Sendable {
    /// Its tensor.
    public var tensor: TensorID
    /// The law of its first values.
    public var initialization: ParameterInitialization
  }

  /// An output layer that exists only inside the loss.
  public struct Head: Hashable, Sendable {
    /// Its weight [classes, width].
    public var weight: TensorID
    /// Its bias [classes].
    public var bias: TensorID?
    /// Its layer's path.
    public var layer: String
    /// Rows of its weight.
    public var classes: Int
  }
}

/// The law of a parameter's first values.
public enum ParameterInitialization: Hashable, Sendable {
  /// All alike.
  case constant(Float)
  /// Normal with mean 0.
  case normal(standardDeviation: Float)
  /// Uniform in (−bound, bound).
  case uniform(bound: Float)
}

/// A layer as a range of forward operations, with the layers inside it.
public struct LayerNode: Hashable, Sendable {
  /// The path, such as `block.0.attn`.
  public var path: String
  /// The kind of layer, such as `linear`.
  public var kind: String
  /// Its operations.
  public var operations: Range<Int>
  /// Whether it is an explicit checkpoint segment.
  public var isSegment: Bool
  /// Whether it is a block: what the policies `every` and `sqrt` count.
  public var isBlock: Bool
  /// The shape of its output without the batch.
  public var shape: [Int]
  /// The layers inside.
  public var children: [LayerNode]

  /// The node and all inside it, outermost first.
  public var flattened: [LayerNode] {
    var nodes: [LayerNode] = []
    collect(into: &nodes)
    return nodes
  }

  private func collect(into nodes: inout [LayerNode]) {
    nodes.append(self)
    for child in children { child.collect(into: &nodes) }
  }
}

extension Graph {
  /// The blocks in order: iterations of the outermost `repeat`s, else the top-level layers.
  public var blocks: [LayerNode] {
    let repeated = layers.flatMap(\.flattened).filter(\.isBlock)
    return repeated.isEmpty ? layers.filter { !$0.operations.isEmpty } : repeated
  }
}
