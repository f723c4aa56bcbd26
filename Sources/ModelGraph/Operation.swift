/// One operation of a graph: what it computes, from which tensors, into which.
public struct Operation: Hashable, Sendable {
  /// What is computed.
  public var kind: OperationKind
  /// Tensors read, in the order that the kind's documentation states.
  public var inputs: [TensorID]
  /// Tensors written.
  public var outputs: [TensorID]
  /// The layer's path.
  public var layer: String
  /// Names the operation in random streams: a recomputed operation keeps its number, so that it
  /// draws the same values again.
  public var stream: UInt32

  /// Creates an operation.
  public init(
    kind: OperationKind, inputs: [TensorID], outputs: [TensorID], layer: String, stream: UInt32 = 0
  ) {
    self.kind = kind
    self.inputs = inputs
    self.outputs = outputs
    self.layer = layer
    self.stream = stream
  }
}

/// The operations that exist; each case's type has a file with its rules.
public enum OperationKind: Hashable, Sendable {
  case embedding(Embedding)
  case embeddingBackward(EmbeddingBackward)
  case positionEmbedding(PositionEmbedding)
  case positionEmbeddingBackward(PositionEmbeddingBackward)
  case typeEmbedding(TypeEmbedding)
  case linear(Linear)
  case linearBackwardInput(LinearBackwardInput)
  case linearBackwardWeight(LinearBackwardWeight)
  case biasBackward(BiasBackward)
  case layerNorm(LayerNorm)
  case layerNormBackward(LayerNormBackward)
  case rmsNorm(RMSNorm)
  case rmsNormBackward(RMSNormBackward)
  case activation(Activation)
  case activationBackward(ActivationBackward)
  case softmax(Softmax)
  case softmaxBackward(SoftmaxBackward)
  case dropout(Dropout)
  case attention(Attention)
  case cachedAttention(CachedAttention)
  case attentionBackward(AttentionBackward)
  case rotary(Rotary)
  case firstToken(FirstToken)
  case firstTokenBackward(FirstTokenBackward)
  case add(Add)
  case multiply(Multiply)
  case copy(Copy)
  case linearCrossEntropy(LinearCrossEntropy)
  case softmaxCrossEntropy(SoftmaxCrossEntropy)
  case binaryCrossEntropy(BinaryCrossEntropy)
  case meanSquaredError(MeanSquaredError)
  case convolution(Convolution)
  case convolutionBackwardInput(ConvolutionBackwardInput)
  case convolutionBackwardWeight(ConvolutionBackwardWeight)
  case batchNorm(BatchNorm)
  case batchNormBackward(BatchNormBackward)
  case batchNormUpdate(BatchNormUpdate)
  case batchNormEvaluation(BatchNormEvaluation)
  case groupNorm(GroupNorm)
  case groupNormBackward(GroupNormBackward)
  case pooling(Pooling)
  case poolingBackward(PoolingBackward)
  case meanPooling(MeanPooling)
  case meanPoolingBackward(MeanPoolingBackward)
  case upsampling(Upsampling)
  case upsamplingBackward(UpsamplingBackward)
  case concatenation(Concatenation)
  case concatenationBackward(ConcatenationBackward)
  case clipScale(ClipScale)
  case update(OptimizerStep)
  case diskTransfer(DiskTransfer)

  /// The rules of the operation.
  public var rule: any OperationRule {
    switch self {
    case .embedding(let rule): rule
    case .embeddingBackward(let rule): rule
    case .positionEmbedding(let rule): rule
    case .positionEmbeddingBackward(let rule): rule
    case .typeEmbedding(let rule): rule
    case .linear(let rule): rule
    case .linearBackwardInput(let rule): rule
    case .linearBackwardWeight(let rule): rule
    case .biasBackward(let rule): rule
    case .layerNorm(let rule): rule
    case .layerNormBackward(let rule): rule
    case .rmsNorm(let rule): rule
    case .rmsNormBackward(let rule): rule
    case .activation(let rule): rule
    case .activationBackward(let rule): rule
    case .softmax(let rule): rule
    case .softmaxBackward(let rule): rule
    case .dropout(let rule): rule
    case .attention(let rule): rule
    case .cachedAttention(let rule): rule
    case .attentionBackward(let rule): rule
    case .rotary(let rule): rule
    case .firstToken(let rule): rule
    case .firstTokenBackward(let rule): rule
    case .add(let rule): rule
    case .multiply(let rule): rule
    case .copy(let rule): rule
    case .linearCrossEntropy(let rule): rule
    case .softmaxCrossEntropy(let rule): rule
    case .binaryCrossEntropy(let rule): rule
    case .meanSquaredError(let rule): rule
    case .convolution(let rule): rule
    case .convolutionBackwardInput(let rule): rule
    case .convolutionBackwardWeight(let rule): rule
    case .batchNorm(let rule): rule
    case .batchNormBackward(let rule): rule
    case .batchNormUpdate(let rule): rule
    case .batchNormEvaluation(let rule): rule
    case .groupNorm(let rule): rule
    case .groupNormBackward(let rule): rule
    case .pooling(let rule): rule
    case .poolingBackward(let rule): rule
    case .meanPooling(let rule): rule
    case .meanPoolingBackward(let rule): rule
    case .upsampling(let rule): rule
    case .upsamplingBackward(let rule): rule
    case .concatenation(let rule): rule
    case .concatenationBackward(let rule): rule
    case .clipScale(let rule): rule
    case .update(let rule): rule
    case .diskTransfer(let rule): rule
    }
  }
}

/// What planning needs to know of an operation.
public protocol OperationRule: Hashable, Sendable {
  /// The name in reports, such as `linear`.
  var name: String { get }
  /// Floating-point operations; a multiply-add counts as two.
  var flops: Int { get }
  /// Whether it does many flops for each byte, as products do: dear to compute again.
  var isDear: Bool { get }
  /// Scratch bytes for a number of worker threads.
  func workspaceBytes(threads: Int) -> Int
  /// Outputs that continue an input: the operation adds to what the input's bytes hold.
  var continued: [Continuation] { get }
  /// Outputs that may take an input's place when nobody reads the input afterwards.
  var replaceable: [Continuation] { get }
}

extension OperationRule {
  /// Most operations take as long as their bytes take.
  public var isDear: Bool { false }
  /// Most operations need no scratch space.
  public func workspaceBytes(threads: Int) -> Int { 0 }
  /// Most operations write afresh.
  public var continued: [Continuation] { [] }
  /// Most operations can't write over what they read.
  public var replaceable: [Continuation] { [] }
}

/// An output that shares an input's bytes.
public struct Continuation: Hashable, Sendable {
  /// The position in the operation's inputs.
  public var input: Int
  /// The position in the operation's outputs.
  public var output: Int

  /// Pairs an input with an output.
  public init(input: Int, output: Int) {
    self.input = input
    self.output = output
  }
}

/// A rule that can be differentiated.
protocol Differentiable {
  /// Adds the operations that turn the gradients of the outputs into gradients of the inputs.
  func differentiate(_ operation: Operation, with builder: inout GradientBuilder)
}
