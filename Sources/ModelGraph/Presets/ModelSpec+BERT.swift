extension ModelSpec {
  /// BERT: encoder layers with the norm after each residual branch, exact GELU, and a padding mask.
  ///
  /// Weights are drawn from N(0, 0.02²), biases begin at zero (Devlin et al. 2019, appendix A.2).
  /// Layers of dropout 0 are left out.
  public static func bert(_ sizes: BERTSizes) -> ModelSpec {
    let input = TokenInput(
      vocabularySize: sizes.vocabularySize, contextLength: sizes.contextLength, isPadded: true,
      typeCount: sizes.typeCount)
    let encoder = LayerSpec(
      .repeat(
        times: sizes.numLayers,
        layers: [
          sizes.attentionBranch, sizes.norm("attn_norm"), sizes.perceptronBranch,
          sizes.norm("mlp_norm"),
        ]),
      name: "encoder")
    return ModelSpec(
      input: .tokens(input), layers: sizes.embeddings + [encoder] + sizes.headLayers,
      loss: sizes.head == .none ? .meanSquaredError : .crossEntropy)
  }
}

extension BERTSizes {
  private var initialization: Initialization { .normal(standardDeviation: 0.02) }

  private func linear(_ out: Int, _ name: String) -> LayerSpec {
    LayerSpec(
      .linear(LinearSpec(outFeatures: out, initialization: initialization)), name: name)
  }

  fileprivate func norm(_ name: String) -> LayerSpec {
    LayerSpec(.layerNorm(epsilon: layerNormEpsilon), name: name)
  }

  private var dropoutLayers: [LayerSpec] {
    dropout == 0 ? [] : [LayerSpec(.dropout(probability: dropout))]
  }

  fileprivate var embeddings: [LayerSpec] {
    [
      LayerSpec(
        .embedding(
          vocabularySize: vocabularySize, width: hiddenSize, initialization: initialization),
        name: "word"),
      LayerSpec(.tokenTypeEmbedding(initialization: initialization), name: "type"),
      LayerSpec(
        .positionEmbedding(contextLength: maxPositions, initialization: initialization),
        name: "position"),
      norm("embedding_norm"),
    ] + dropoutLayers
  }

  fileprivate var attentionBranch: LayerSpec {
    let attention = AttentionSpec(
      heads: numHeads, causal: false, dropout: attentionDropout, initialization: initialization,
      outputInitialization: initialization)
    return LayerSpec(.residual([LayerSpec(.attention(attention))] + dropoutLayers), name: "attn")
  }

  fileprivate var perceptronBranch: LayerSpec {
    let layers = [
      linear(intermediateSize, "up"), LayerSpec(.gelu(.exact)), linear(hiddenSize, "down"),
    ]
    return LayerSpec(.residual(layers + dropoutLayers), name: "mlp")
  }

  fileprivate var headLayers: [LayerSpec] {
    switch head {
    case .none: []
    case .classification(let classes):
      [LayerSpec(.firstToken), linear(hiddenSize, "pooler"), LayerSpec(.tanh)] + dropoutLayers
        + [linear(classes, "classifier")]
    case .maskedLM:
      [
        linear(hiddenSize, "transform"), LayerSpec(.gelu(.exact)), norm("transform_norm"),
        LayerSpec(
          .linear(
            LinearSpec(
              outFeatures: vocabularySize, initialization: initialization, tiedTo: "word")),
          name: "decoder"),
      ]
    }
  }
}
