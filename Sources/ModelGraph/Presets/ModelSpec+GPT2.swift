extension ModelSpec {
  /// GPT-2: pre-norm transformer blocks with tanh GELU, and an output tied to the token embedding.
  ///
  /// Weights are drawn from N(0, 0.02²); the projections that end a residual branch from
  /// N(0, 0.02² / 2n) for n blocks, so that the sum over the branches does not grow with depth
  /// (Radford et al. 2019, section 2.3). Biases begin at zero. Layers of dropout 0 are left out.
  public static func gpt2(_ sizes: GPT2Sizes) -> ModelSpec {
    let layers =
      [
        LayerSpec(
          .embedding(
            vocabularySize: sizes.vocabularySize, width: sizes.hiddenSize,
            initialization: sizes.initialization),
          name: "wte"),
        LayerSpec(
          .positionEmbedding(
            contextLength: sizes.maxPositions, initialization: sizes.initialization),
          name: "wpe"),
      ] + sizes.dropoutLayers + [
        LayerSpec(
          .repeat(times: sizes.numLayers, layers: [sizes.attentionBranch, sizes.perceptronBranch]),
          name: "block"),
        LayerSpec(.layerNorm(epsilon: sizes.layerNormEpsilon), name: "ln_f"),
        LayerSpec(
          .linear(
            LinearSpec(
              outFeatures: sizes.vocabularySize, bias: false,
              initialization: sizes.initialization, tiedTo: "wte")),
          name: "head"),
      ]
    let input = TokenInput(
      vocabularySize: sizes.vocabularySize, contextLength: sizes.contextLength,
      isPadded: sizes.isPadded)
    return ModelSpec(input: .tokens(input), layers: layers, loss: .crossEntropy)
  }
}

extension GPT2Sizes {
  fileprivate var initialization: Initialization { .normal(standardDeviation: 0.02) }

  /// How the projections that end a residual branch are drawn.
  private var projectionInitialization: Initialization {
    .normal(standardDeviation: 0.02 / Float(2 * numLayers).squareRoot())
  }

  fileprivate var dropoutLayers: [LayerSpec] {
    dropout == 0 ? [] : [LayerSpec(.dropout(probability: dropout))]
  }

  private var norm: LayerSpec { LayerSpec(.layerNorm(epsilon: layerNormEpsilon), name: "norm") }

  fileprivate var attentionBranch: LayerSpec {
    let attention = AttentionSpec(
      heads: numHeads, causal: true, dropout: dropout, initialization: initialization,
      outputInitialization: projectionInitialization)
    return LayerSpec(
      .residual([norm, LayerSpec(.attention(attention))] + dropoutLayers), name: "attn")
  }

  fileprivate var perceptronBranch: LayerSpec {
    let up = LinearSpec(outFeatures: 4 * hiddenSize, initialization: initialization)
    let down = LinearSpec(outFeatures: hiddenSize, initialization: projectionInitialization)
    let layers = [
      norm, LayerSpec(.linear(up), name: "up"), LayerSpec(.gelu(.tanh)),
      LayerSpec(.linear(down), name: "down"),
    ]
    return LayerSpec(.residual(layers + dropoutLayers), name: "mlp")
  }
}
