import KernelTable
public import ModelGraph

extension ModelSpec {
  /// A GPT-2 of a few narrow blocks.
  public static func smallGPT(
    blocks: Int = 3, width: Int = 16, heads: Int = 2, vocabulary: Int = 31, context: Int = 8,
    dropout: Float = 0
  ) -> ModelSpec {
    gpt2(
      GPT2Sizes(
        numLayers: blocks, hiddenSize: width, numHeads: heads, vocabularySize: vocabulary,
        contextLength: context, dropout: dropout))
  }

  /// A model of feature vectors.
  public static func features(
    _ count: Int, loss: LossSpec = .crossEntropy, _ layers: [LayerSpec]
  ) -> ModelSpec {
    ModelSpec(input: .features(count), layers: layers, loss: loss)
  }

  /// A model of images.
  public static func image(
    _ height: Int, _ width: Int, _ channels: Int, loss: LossSpec = .crossEntropy,
    _ layers: [LayerSpec]
  ) -> ModelSpec {
    ModelSpec(
      input: .image(height: height, width: width, channels: channels), layers: layers, loss: loss)
  }

  /// A model of token sequences that begins with an embedding named `tokens`.
  public static func tokens(
    _ vocabulary: Int, context: Int, width: Int, loss: LossSpec = .crossEntropy,
    _ layers: [LayerSpec]
  ) -> ModelSpec {
    let table = LayerSpec(
      .embedding(
        vocabularySize: vocabulary, width: width, initialization: .normal(standardDeviation: 0.3)),
      name: "tokens")
    return ModelSpec(
      input: .tokens(vocabularySize: vocabulary, contextLength: context), layers: [table] + layers,
      loss: loss)
  }
}

extension LayerSpec {
  /// A linear layer.
  public static func linear(
    _ out: Int, bias: Bool = true, tiedTo: String? = nil, name: String? = nil
  ) -> LayerSpec {
    LayerSpec(.linear(LinearSpec(outFeatures: out, bias: bias, tiedTo: tiedTo)), name: name)
  }

  /// A convolution that keeps the image's size but for its stride.
  public static func convolution(
    _ out: Int, kernel: Int = 3, stride: Int = 1, name: String? = nil
  ) -> LayerSpec {
    let spec = ConvolutionSpec(
      outChannels: out, kernel: PlaneSize(kernel), stride: PlaneSize(stride),
      padding: PlaneSize(kernel / 2))
    return LayerSpec(.convolution(spec), name: name)
  }

  /// A batch norm.
  public static var batchNorm: LayerSpec { LayerSpec(.batchNorm(BatchNormSpec())) }

  /// A group norm.
  public static func groupNorm(_ groups: Int) -> LayerSpec {
    LayerSpec(.groupNorm(groups: groups, epsilon: 1e-5))
  }

  /// A layer norm.
  public static var norm: LayerSpec { LayerSpec(.layerNorm(epsilon: 1e-5)) }
  /// A ReLU.
  public static var relu: LayerSpec { LayerSpec(.relu) }
  /// A GELU.
  public static var gelu: LayerSpec { LayerSpec(.gelu(.tanh)) }

  /// A dropout.
  public static func dropout(_ probability: Float) -> LayerSpec {
    LayerSpec(.dropout(probability: probability))
  }

  /// An attention layer.
  public static func attention(heads: Int, dropout: Float = 0) -> LayerSpec {
    LayerSpec(.attention(AttentionSpec(heads: heads, dropout: dropout)))
  }

  /// x + layers(x).
  public static func residual(_ layers: [LayerSpec], name: String? = nil) -> LayerSpec {
    LayerSpec(.residual(layers), name: name)
  }

  /// Layers under one name.
  public static func sequential(_ layers: [LayerSpec], name: String? = nil) -> LayerSpec {
    LayerSpec(.sequential(layers), name: name)
  }

  /// An explicit segment.
  public static func checkpoint(_ layers: [LayerSpec], name: String? = nil) -> LayerSpec {
    LayerSpec(.checkpoint(layers), name: name)
  }

  /// Blocks.
  public static func `repeat`(
    _ times: Int, _ layers: [LayerSpec], name: String? = nil
  ) -> LayerSpec {
    LayerSpec(.repeat(times: times, layers: layers), name: name)
  }
}
