public import Checkpointing
public import ModelGraph
public import TestSupport

/// Draws small models: every kind of layer, groups nested in groups, both inputs, both losses.
///
/// Widths are multiples of 4, so that 1, 2 and 4 heads divide them all.
public struct ModelGenerator {
  /// Where the choices come from.
  public var random: RepeatableGenerator
  private var isSequence = false
  /// What the layers so far make of an example.
  var shape = ValueShape.vector(0)
  /// How many lists around the next layer have to end with the shape that they begin with.
  var depthOfSameShape = 0
  private var width: Int {
    get { shape.columns }
    set { shape.columns = newValue }
  }
  private var names = 0
  /// Layers that may still be drawn.
  private var budget = 0

  /// Creates a generator of the models of a seed.
  public init(seed: Int) { random = RepeatableGenerator(seed: seed &* 7919 &+ 11) }

  /// The next model.
  public mutating func model() -> ModelSpec {
    isSequence = false
    depthOfSameShape = 0
    budget = Int.random(in: 1...14, using: &random)
    names = 0
    let losses: [LossSpec] = [
      .crossEntropy, .crossEntropy, .meanSquaredError, .binaryCrossEntropy,
      .binaryCrossEntropy(positiveWeights: [2.5]),
      .crossEntropy(CrossEntropySpec(ignoreIndex: 1, labelSmoothing: 0.1)),
    ]
    let loss = random.pick(losses)
    switch Int.random(in: 0..<5, using: &random) {
    case 0, 1: return sequenceModel(loss)
    case 2: return featureModel(loss)
    default: return imageModel(loss)
    }
  }

  /// An optimizer of every kind, with groups and frozen parameters.
  public mutating func optimizer() -> OptimizerSpec {
    var optimizer = random.pick([
      OptimizerSpec.adamw(
        learningRate: 3e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01),
      OptimizerSpec(
        .adam(beta1: 0.9, beta2: 0.99, epsilon: 1e-8), learningRate: 3e-3, weightDecay: 0.1),
      .sgd(learningRate: 0.01, momentum: 0, weightDecay: 0),
      .sgd(learningRate: 0.01, momentum: 0.9, weightDecay: 0.1),
      .sgd(learningRate: 0.01, momentum: 0.9, weightDecay: 0, isNesterov: true),
    ])
    optimizer.groups = random.pick([
      [], [],
      [ParameterGroup(["bias", "*norm*"].map(ParameterPattern.init), weightDecay: 0)],
      [ParameterGroup([ParameterPattern("weight")], learningRateScale: 0.5)],
    ])
    optimizer.frozen = random.pick([
      [], [], [], ["tokens"], ["weight"], ["*norm*"], ["block.0", "linear"], ["head"], ["bias"],
    ]).map(ParameterPattern.init)
    return optimizer
  }

  /// A policy, of each kind equally often.
  public mutating func policy() -> CheckpointPolicy {
    random.pick([
      .none, .every(1), .every(2), .every(3), .sqrt, .blocks(["*"]), .blocks(["*norm*", "n*"]),
      .blocks(["block.*"]), .blocks(["block.0", "linear*"]),
    ])
  }

  private mutating func sequenceModel(_ loss: LossSpec) -> ModelSpec {
    let vocabulary = random.pick([5, 12, 33])
    let context = random.pick([1, 3, 8, 17])
    isSequence = true
    shape = .sequence(length: context, width: random.pick([4, 8, 12]))
    let table = LayerSpec(
      .embedding(vocabularySize: vocabulary, width: width, initialization: law), name: "tokens")
    var layers = [random.oneIn(4) ? LayerSpec(.checkpoint([table])) : table]
    let types = random.oneIn(3) ? 3 : nil
    if types != nil { layers.append(LayerSpec(.tokenTypeEmbedding(initialization: law))) }
    if !random.oneIn(3) {
      let rows = context + random.pick([0, 5])
      layers.append(LayerSpec(.positionEmbedding(contextLength: rows, initialization: law)))
    }
    let embedded = width
    layers += body(depth: 3)
    if random.oneIn(4) {
      layers.append(LayerSpec(.firstToken))
      isSequence = false
      layers += body(depth: 1)
    }
    layers += head(classes: vocabulary, loss, tiesTo: width == embedded ? "tokens" : nil)
    let input = TokenInput(
      vocabularySize: vocabulary, contextLength: context, isPadded: random.oneIn(2),
      typeCount: types)
    return ModelSpec(input: .tokens(input), layers: layers, loss: loss)
  }

  private mutating func featureModel(_ loss: LossSpec) -> ModelSpec {
    shape = .vector(random.pick([4, 8, 20]))
    let features = width
    let layers = body(depth: 3) + head(classes: 4, loss, tiesTo: nil)
    return ModelSpec(input: .features(features), layers: layers, loss: loss)
  }

  /// The end of a model: fused, tied, or with something after the last linear layer.
  mutating func head(
    classes: Int, _ loss: LossSpec, tiesTo table: String?
  ) -> [LayerSpec] {
    let out = loss == .meanSquaredError && random.oneIn(2) ? 1 : classes
    let tied = out == classes && random.oneIn(2) ? table : nil
    let linear = LinearSpec(
      outFeatures: out, bias: random.oneIn(2), initialization: law, tiedTo: tied)
    let head = LayerSpec(.linear(linear), name: random.oneIn(2) ? "head" : nil)
    return random.oneIn(3) ? [head, LayerSpec(.gelu(.tanh))] : [head]
  }

  private var law: Initialization {
    mutating get { random.pick([.fanIn, .normal(standardDeviation: 0.3)]) }
  }

  mutating func body(depth: Int) -> [LayerSpec] {
    var layers: [LayerSpec] = []
    for _ in 0..<Int.random(in: 1...4, using: &random) where budget > 0 || layers.isEmpty {
      budget -= 1
      layers.append(layer(depth: depth))
    }
    return layers
  }

  private mutating func layer(depth: Int) -> LayerSpec {
    let name: String? = random.oneIn(5) ? newName() : nil
    guard depth > 0, random.oneIn(2) else { return LayerSpec(leaf(), name: name) }
    return LayerSpec(group(depth: depth - 1), name: name)
  }

  private mutating func newName() -> String {
    names += 1
    return "n\(names)"
  }

  private mutating func leaf() -> LayerKind {
    if case .image = shape, !random.oneIn(3) { return imageLeaf() }
    switch Int.random(in: 0..<(isSequence ? 10 : 8), using: &random) {
    case 0, 1:
      width = random.pick([4, 8, 12])
      return .linear(
        LinearSpec(outFeatures: width, bias: !random.oneIn(3), initialization: law))
    case 2, 3:
      return random.pick([
        .relu, .gelu(.tanh), .gelu(.exact), .silu, .tanh, .sigmoid, .softmax,
      ])
    case 4: return .layerNorm(epsilon: 1e-5)
    case 5: return random.oneIn(2) ? .batchNorm(BatchNormSpec()) : .layerNorm(epsilon: 1e-5)
    case 6: return .rmsNorm(epsilon: 1e-6)
    case 7: return .dropout(probability: random.pick([0, 0.1, 0.5]))
    default: return .attention(attention())
    }
  }

  private mutating func attention() -> AttentionSpec {
    let heads = random.pick([1, 2, 4])
    let size: Int? = random.oneIn(3) ? random.pick([2, 6]) : nil
    let isEven = (size ?? width / heads).isMultiple(of: 2)
    return AttentionSpec(
      heads: heads, keyHeads: random.oneIn(3) ? max(1, heads / 2) : nil, headSize: size,
      causal: !random.oneIn(3), bias: !random.oneIn(3),
      rotaryBase: isEven && random.oneIn(2) ? random.pick([100, 10_000]) : nil,
      dropout: random.pick([0, 0, 0.2]), initialization: law, outputInitialization: law)
  }

  private mutating func group(depth: Int) -> LayerKind {
    switch Int.random(in: 0..<7, using: &random) {
    case 0, 1:
      if case .image = shape, random.oneIn(2) { return projected(depth: depth) }
      return .residual(sameWidth(depth: depth))
    case 2: return .sequential(body(depth: depth))
    case 3, 4: return .checkpoint(body(depth: depth))
    case 5: return product(depth: depth)
    default:
      return .repeat(times: Int.random(in: 1...4, using: &random), layers: sameWidth(depth: depth))
    }
  }

  /// Branches from one width to another.
  private mutating func product(depth: Int) -> LayerKind {
    let (before, after) = (width, random.pick([4, 8]))
    return .product(
      (0..<random.pick([1, 2, 2, 3])).map { _ in
        width = before
        return layers(depth: depth, to: after)
      })
  }

  /// Layers that end with as many features as they begin with.
  private mutating func sameWidth(depth: Int) -> [LayerSpec] {
    layers(depth: depth, to: width)
  }

  /// Layers that end with a number of features.
  private mutating func layers(depth: Int, to after: Int) -> [LayerSpec] {
    depthOfSameShape += 1
    var layers = body(depth: depth)
    depthOfSameShape -= 1
    if width != after {
      layers.append(LayerSpec(.linear(LinearSpec(outFeatures: after, initialization: law))))
      width = after
    }
    return layers
  }
}
