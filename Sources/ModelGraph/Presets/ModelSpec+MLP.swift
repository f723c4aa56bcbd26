extension ModelSpec {
  /// Linear layers with an activation and dropout after each but the last, named `fc0`, `fc1`, …
  /// and `head`; weights and biases are drawn as PyTorch draws them.
  public static func mlp(_ sizes: MLPSizes) -> ModelSpec {
    var layers: [LayerSpec] = []
    for (index, width) in sizes.hidden.enumerated() {
      layers.append(LayerSpec(.linear(LinearSpec(outFeatures: width)), name: "fc\(index)"))
      layers.append(LayerSpec(sizes.activation.kind))
      if sizes.dropout > 0 { layers.append(LayerSpec(.dropout(probability: sizes.dropout))) }
    }
    layers.append(LayerSpec(.linear(LinearSpec(outFeatures: sizes.out)), name: "head"))
    return ModelSpec(input: .features(sizes.features), layers: layers, loss: sizes.loss)
  }
}
