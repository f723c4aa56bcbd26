import KernelTable

/// Layers that change an image's size.
extension GraphBuilder {
  mutating func lowerPooling(
    _ function: Pooling.Function, _ spec: PoolingSpec
  ) throws(ModelFault) {
    let (image, channels) = try imageExtents(function == .largest ? "max_pool" : "avg_pool")
    guard 2 * spec.padding.height <= spec.kernel.height,
      2 * spec.padding.width <= spec.kernel.width
    else { throw fault(.paddingTooLarge) }
    let windows = WindowShape(
      batch: graph.batch, image: image, kernel: spec.kernel, stride: spec.stride,
      padding: spec.padding)
    let places = try places(of: windows)
    try checkWork([places.count, graph.batch, spec.kernel.count, channels])
    let output = try activation(shape: [windows.rows, channels])
    try emit(
      .pooling(Pooling(function: function, windows: windows, channels: channels)),
      inputs: [current], outputs: [output])
    current = output
    shape = .image(height: places.height, width: places.width, channels: channels)
  }

  /// The mean over all positions, of an image or a sequence; padding does not count.
  mutating func lowerMeanPooling() throws(ModelFault) {
    try requireFeatures("global_avg_pool")
    var padding: [TensorID] = []
    if let mask = graph.paddingMask, case .sequence(let length, _) = shape {
      try requireTokens("global_avg_pool", length)
      padding = [mask]
    }
    let kind = MeanPooling(
      batch: graph.batch, positions: shape.positions, width: width, hasPadding: !padding.isEmpty)
    let output = try activation(shape: [graph.batch, width])
    try emit(.meanPooling(kind), inputs: [current] + padding, outputs: [output])
    current = output
    shape = .vector(width)
  }

  mutating func lowerUpsampling(_ factor: PlaneSize) throws(ModelFault) {
    let (image, channels) = try imageExtents("upsample")
    let kind = Upsampling(
      batch: graph.batch, image: image, factor: factor, channels: channels)
    let larger = ValueShape.image(
      height: image.height * factor.height, width: image.width * factor.width,
      channels: channels)
    let output = try activation(shape: [graph.batch, larger.positions, channels])
    try emit(.upsampling(kind), inputs: [current], outputs: [output])
    current = output
    shape = larger
  }
}
