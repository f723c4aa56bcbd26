import KernelTable

/// Convolutions.
extension GraphBuilder {
  /// A convolution of single pixels is lowered to the linear layer that it is.
  mutating func lowerConvolution(_ spec: ConvolutionSpec) throws(ModelFault) {
    let (image, channels) = try imageExtents("conv2d")
    for (count, what) in [(channels, "input"), (spec.outChannels, "output")]
    where count % spec.groups != 0 {
      throw fault(.groupsDoNotDivide(groups: spec.groups, channels: count, what: what))
    }
    let shape = ConvolutionShape(
      windows: WindowShape(
        batch: graph.batch, image: image, kernel: spec.kernel, stride: spec.stride,
        padding: spec.padding, dilation: spec.dilation),
      inputs: channels, outputs: spec.outChannels, groups: spec.groups)
    let places = try places(of: shape.windows)
    try checkWork([places.count, graph.batch, spec.outChannels, 2 * spec.kernel.count, channels])
    let law = spec.initialization
    let weight = try parameter(
      "weight",
      shape: [spec.outChannels, spec.kernel.height, spec.kernel.width, shape.groupInputs],
      law.law(fanIn: shape.depth))
    let bias =
      spec.bias
      ? try parameter("bias", shape: [spec.outChannels], law.biasLaw(fanIn: shape.depth)) : nil
    let output = try activation(shape: [graph.batch * places.count, spec.outChannels])
    try emit(
      shape.operation(hasBias: bias != nil),
      inputs: [current, weight] + (bias.map { [$0] } ?? []), outputs: [output])
    current = output
    self.shape = .image(
      height: places.height, width: places.width, channels: spec.outChannels)
  }

  /// How many windows an image has.
  func places(of windows: WindowShape) throws(ModelFault) -> PlaneSize {
    let places = windows.places
    guard places.height > 0, places.width > 0 else {
      throw fault(
        .windowTooLarge(
          kernel: [windows.kernel.height, windows.kernel.width], image: shape))
    }
    return places
  }
}

extension ConvolutionShape {
  fileprivate func operation(hasBias: Bool) -> OperationKind {
    guard windows.isPointwise, groups == 1 else {
      return .convolution(Convolution(shape: self, hasBias: hasBias))
    }
    return .linear(
      Linear(
        rows: windows.rows, inFeatures: inputs, outFeatures: outputs, hasBias: hasBias,
        hasResidual: false))
  }
}
