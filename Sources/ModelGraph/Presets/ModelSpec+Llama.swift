extension ModelSpec {
  /// Llama: pre-norm blocks with RMS norm, rotary positions and a gated perceptron, without biases.
  ///
  /// Weights are drawn from N(0, 0.02²), as `transformers` draws them.
  public static func llama(_ sizes: LlamaSizes) -> ModelSpec {
    let layers = [
      LayerSpec(
        .embedding(
          vocabularySize: sizes.vocabularySize, width: sizes.hiddenSize,
          initialization: sizes.initialization),
        name: "embed"),
      LayerSpec(
        .repeat(times: sizes.numLayers, layers: [sizes.attentionBranch, sizes.perceptronBranch]),
        name: "block"),
      sizes.norm("norm_f"),
      LayerSpec(
        .linear(
          LinearSpec(
            outFeatures: sizes.vocabularySize, bias: false,
            initialization: sizes.initialization, tiedTo: sizes.isTied ? "embed" : nil)),
        name: "head"),
    ]
    return ModelSpec(
      input: .tokens(vocabularySize: sizes.vocabularySize, contextLength: sizes.contextLength),
      layers: layers, loss: .crossEntropy)
  }
}

extension LlamaSizes {
  fileprivate var initialization: Initialization { .normal(standardDeviation: 0.02) }

  fileprivate func norm(_ name: String) -> LayerSpec {
    LayerSpec(.rmsNorm(epsilon: normEpsilon), name: name)
  }

  private func linear(_ out: Int, _ name: String) -> LayerSpec {
    LayerSpec(
      .linear(LinearSpec(outFeatures: out, bias: false, initialization: initialization)),
      name: name)
  }

  fileprivate var attentionBranch: LayerSpec {
    let attention = AttentionSpec(
      heads: numHeads, keyHeads: numKeyHeads == numHeads ? nil : numKeyHeads,
      headSize: headSize * numHeads == hiddenSize ? nil : headSize, causal: true,
      bias: attentionBias, rotaryBase: rotaryBase, dropout: attentionDropout,
      initialization: initialization, outputInitialization: initialization)
    return LayerSpec(.residual([norm("norm"), LayerSpec(.attention(attention))]), name: "attn")
  }

  fileprivate var perceptronBranch: LayerSpec {
    let gate = LayerSpec(
      .product([
        [linear(intermediateSize, "gate"), LayerSpec(.silu)], [linear(intermediateSize, "up")],
      ]))
    return LayerSpec(
      .residual([norm("norm"), gate, linear(hiddenSize, "down")]), name: "mlp")
  }
}
