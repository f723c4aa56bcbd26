import KernelTable

extension ModelSpec {
  /// The largest extent of a window: with it, no count of windows or taps overflows.
  private static let largestWindow = 1 << 16
  /// The most times that an image can grow in one layer.
  private static let largestFactor = 1 << 10

  /// Refuses sizes of layers of images that could overflow.
  static func checkImageSizes(of kind: LayerKind, at place: [Int]) throws(ModelFault) {
    switch kind {
    case .convolution(let spec):
      try check(spec.outChannels, "out", at: place)
      try check(spec.groups, "groups", at: place)
      try check(spec.dilation, "dilation", at: place)
      try checkWindows(spec.kernel, spec.stride, spec.padding, at: place)
    case .maxPool(let spec), .averagePool(let spec):
      try checkWindows(spec.kernel, spec.stride, spec.padding, at: place)
    case .groupNorm(let groups, _): try check(groups, "groups", at: place)
    case .upsample(let factor):
      try check(factor, "upsample", at: place)
      guard max(factor.height, factor.width) <= largestFactor else {
        throw tooLarge("upsample: \(max(factor.height, factor.width))", at: place)
      }
    case .reshape(let extents):
      for extent in extents { try check(extent, "an extent", at: place) }
      guard extents.reduce(1.0, { $0 * Double($1) }) <= 0x1p34 else {
        throw tooLarge("reshape: \(extents)", at: place)
      }
    default: break
    }
  }

  private static func checkWindows(
    _ kernel: PlaneSize, _ stride: PlaneSize, _ padding: PlaneSize, at place: [Int]
  ) throws(ModelFault) {
    try check(kernel, "kernel", at: place)
    try check(stride, "stride", at: place)
    guard min(padding.height, padding.width) >= 0 else {
      let least = min(padding.height, padding.width)
      throw ModelFault(layer: place, path: "", reason: .negative(what: "padding", value: least))
    }
    guard max(padding.height, padding.width) <= largestWindow else {
      throw tooLarge("padding: \(max(padding.height, padding.width))", at: place)
    }
  }

  private static func check(
    _ size: PlaneSize, _ what: String, at place: [Int]
  ) throws(ModelFault) {
    for extent in [size.height, size.width] {
      try check(extent, what, at: place)
      guard extent <= largestWindow else { throw tooLarge("\(what): \(extent)", at: place) }
    }
  }
}
