import ModelGraph

/// A model's extent, estimated in floating point so that no product overflows.
struct ModelExtent {
  var parameters = 0.0
  /// Values put out by all layers for one row.
  var valuesPerRow = 0.0
  /// Layers, repeats counted.
  var layers = 0.0

  /// More than these no machine holds, and byte counts stay far from the end of `Int`.
  static let mostParameters = 0x1p42
  static let mostValues = 0x1p46
}

extension ModelSpec {
  /// The model's extent.
  var extent: ModelExtent {
    var width = 1.0
    if case .features(let count) = input { width = Double(count) }
    return Self.extent(of: layers, width: &width)
  }

  /// Rows of one example.
  var rowsPerExample: Int {
    if case .tokens(_, let context) = input { context } else { 1 }
  }

  /// Why the model is too large to be compiled; nil where it is not.
  var sizeFault: Fault? {
    let extent = extent
    if extent.layers > Double(BodyLimits.layers) { return .tooManyLayers(limit: BodyLimits.layers) }
    guard extent.parameters > ModelExtent.mostParameters else { return nil }
    return .tooLarge(
      what: "the model", found: "about \(rounded(extent.parameters)) parameters",
      greatest: "at most \(rounded(ModelExtent.mostParameters)) parameters large")
  }

  /// Why a batch of this model is too large to be planned; nil where it is not.
  func batchFault(_ batch: Int) -> Fault? {
    let values = extent.valuesPerRow * Double(rowsPerExample) * Double(batch)
    guard values > ModelExtent.mostValues else { return nil }
    return .tooLarge(
      what: "the batch", found: "about \(rounded(values)) values",
      greatest: "at most \(rounded(ModelExtent.mostValues)) values large")
  }

  private func rounded(_ value: Double) -> String {
    let exponent = value.exponent * 30_103 / 100_000
    return "10^\(exponent)"
  }

  private static func extent(of layers: [LayerSpec], width: inout Double) -> ModelExtent {
    var total = ModelExtent()
    for layer in layers {
      var times = 1.0
      var one = ModelExtent(parameters: 0, valuesPerRow: width, layers: 1)
      switch layer.kind {
      case .linear(let spec):
        one.parameters = (width + 1) * Double(spec.outFeatures)
        width = Double(spec.outFeatures)
        one.valuesPerRow = width
      case .embedding(let vocabulary, let columns, _):
        width = Double(columns)
        one = ModelExtent(
          parameters: Double(vocabulary) * width, valuesPerRow: width, layers: 1)
      case .positionEmbedding(let context, _): one.parameters = Double(context) * width
      case .attention:
        one.parameters = 4 * width * (width + 1)
        one.valuesPerRow = 5 * width
      case .layerNorm: one.parameters = 2 * width
      case .gelu, .relu, .dropout: break
      case .residual(let inner), .sequential(let inner), .checkpoint(let inner):
        one = extent(of: inner, width: &width)
      case .repeat(let count, let inner):
        one = extent(of: inner, width: &width)
        times = Double(count)
      }
      total.parameters += times * one.parameters
      total.valuesPerRow += times * one.valuesPerRow
      total.layers += times * one.layers
    }
    return total
  }
}
