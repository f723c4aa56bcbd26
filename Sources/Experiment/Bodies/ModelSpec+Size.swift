import ModelGraph

extension ModelSpec {
  /// Why the model has too many layers to be lowered; nil where it has not.
  ///
  /// All other sizes are bounded while lowering.
  var sizeFault: Fault? {
    Self.layerCount(of: layers) > Double(BodyLimits.layers)
      ? .tooManyLayers(limit: BodyLimits.layers) : nil
  }

  /// Layers, repeats counted, in floating point so that no product overflows.
  private static func layerCount(of layers: [LayerSpec]) -> Double {
    layers.reduce(0) { count, layer in
      switch layer.kind {
      case .repeat(let times, let inner): count + Double(times) * layerCount(of: inner)
      default:
        layer.kind.innerLists.isEmpty
          ? count + 1 : layer.kind.innerLists.reduce(count) { $0 + layerCount(of: $1) }
      }
    }
  }
}
