import KernelTable

extension ModelSpec {
  /// A vision transformer that classifies by the mean over all patches, not by a token of its own.
  ///
  /// Dosovitskiy et al. 2021; for the mean Beyer et al. 2022, section 3.
  /// Pre-norm blocks with exact GELU. Weights are drawn from N(0, 0.02²), biases begin at zero. Layers
  /// of dropout 0 are left out.
  public static func vit(_ sizes: ViTSizes) -> ModelSpec {
    let patches = ConvolutionSpec(
      outChannels: sizes.hiddenSize, kernel: PlaneSize(sizes.patch),
      stride: PlaneSize(sizes.patch), initialization: sizes.law)
    let layers =
      [
        LayerSpec(.convolution(patches), name: "patches"), LayerSpec(.sequence),
        LayerSpec(
          .positionEmbedding(contextLength: sizes.positions, initialization: sizes.law),
          name: "positions"),
      ] + sizes.dropoutLayers + [
        LayerSpec(
          .repeat(
            times: sizes.numLayers, layers: [sizes.attentionBranch, sizes.perceptronBranch]),
          name: "block"),
        sizes.norm, LayerSpec(.globalAveragePool),
        LayerSpec(
          .linear(LinearSpec(outFeatures: sizes.classes, initialization: sizes.law)), name: "head"),
      ]
    return ModelSpec(
      input: .image(height: sizes.height, width: sizes.width, channels: sizes.channels),
      layers: layers, loss: .crossEntropy)
  }
}

extension ViTSizes {
  fileprivate var law: Initialization { .normal(standardDeviation: 0.02) }

  fileprivate var norm: LayerSpec { LayerSpec(.layerNorm(epsilon: 1e-6), name: "norm") }

  fileprivate var dropoutLayers: [LayerSpec] {
    dropout == 0 ? [] : [LayerSpec(.dropout(probability: dropout))]
  }

  fileprivate var attentionBranch: LayerSpec {
    let attention = AttentionSpec(
      heads: numHeads, causal: false, initialization: law, outputInitialization: law)
    return LayerSpec(
      .residual([norm, LayerSpec(.attention(attention))] + dropoutLayers), name: "attn")
  }

  fileprivate var perceptronBranch: LayerSpec {
    let up = LinearSpec(outFeatures: intermediateSize, initialization: law)
    let down = LinearSpec(outFeatures: hiddenSize, initialization: law)
    let layers = [
      norm, LayerSpec(.linear(up), name: "up"), LayerSpec(.gelu(.exact)),
      LayerSpec(.linear(down), name: "down"),
    ]
    return LayerSpec(.residual(layers + dropoutLayers), name: "mlp")
  }
}
