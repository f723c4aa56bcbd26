import KernelTable
import ModelGraph
import TestSupport

/// Models of images: convolutions, norms with running statistics, pooling, skips.
extension ModelGenerator {
  /// The next model of images.
  mutating func imageModel(_ loss: LossSpec) -> ModelSpec {
    shape = .image(
      height: random.pick([1, 4, 6, 7]), width: random.pick([3, 4, 8]),
      channels: random.pick([1, 3]))
    let input = InputSpec.image(
      height: shape.extents[0], width: shape.extents[1], channels: shape.extents[2])
    var layers = [LayerSpec(convolution(random.pick([4, 8, 20])))]
    layers += body(depth: 3)
    if random.oneIn(4) { layers += skips() }
    if case .image = shape {
      let end: LayerKind = random.oneIn(2) ? .flatten : .globalAveragePool
      layers.append(LayerSpec(end))
      if end == .flatten { shape = .vector(shape.count) } else { shape = .vector(shape.columns) }
    }
    layers += head(classes: 4, loss, tiesTo: nil)
    return ModelSpec(input: input, layers: layers, loss: loss)
  }

  /// A layer that an image alone can go through; it may change the image's size.
  mutating func imageLeaf() -> LayerKind {
    guard case .image(let height, let width, let channels) = shape else { return .relu }
    switch Int.random(in: 0..<6, using: &random) {
    case 0, 1: return convolution(random.pick([4, 8, 12]))
    case 2, 3: return .batchNorm(BatchNormSpec())
    case 4: return .groupNorm(groups: random.pick([1, 2, 4]), epsilon: 1e-5)
    default:
      guard depthOfSameShape == 0, height > 1, width > 1 else { return .batchNorm(BatchNormSpec()) }
      let spec = PoolingSpec(
        kernel: PlaneSize(2), stride: PlaneSize(random.pick([1, 2])),
        padding: PlaneSize(random.pick([0, 1])))
      resize(by: spec.kernel, spec.stride, spec.padding, PlaneSize(1), channels)
      return random.oneIn(2) ? .maxPool(spec) : .averagePool(spec)
    }
  }

  /// A convolution; where the shape has to stay, one that keeps the image's size.
  private mutating func convolution(_ out: Int) -> LayerKind {
    guard case .image(let height, let width, let channels) = shape else { return .relu }
    let size = random.pick([1, 3])
    let groups = channels % 4 == 0 ? random.pick([1, 1, 2, 4]) : 1
    let keeps = depthOfSameShape > 0 || min(height, width) < 3
    let spec = ConvolutionSpec(
      outChannels: out, kernel: PlaneSize(size),
      stride: PlaneSize(keeps ? 1 : random.pick([1, 1, 2])),
      padding: PlaneSize(keeps ? size / 2 : random.pick([0, 1])), groups: groups,
      bias: random.oneIn(2), initialization: random.pick([.fanIn, .normal(standardDeviation: 0.3)]))
    resize(by: spec.kernel, spec.stride, spec.padding, spec.dilation, out)
    return .convolution(spec)
  }

  private mutating func resize(
    by kernel: PlaneSize, _ stride: PlaneSize, _ padding: PlaneSize, _ dilation: PlaneSize,
    _ channels: Int
  ) {
    let places = WindowShape(
      batch: 1, image: PlaneSize(shape.extents[0], shape.extents[1]), kernel: kernel,
      stride: stride, padding: padding, dilation: dilation
    ).places
    shape = .image(height: places.height, width: places.width, channels: channels)
  }

  /// A small U: down, up, and back to what was before.
  private mutating func skips() -> [LayerSpec] {
    guard case .image(let height, let width, let channels) = shape, height % 2 == 0, width % 2 == 0
    else {
      return [
        LayerSpec(.batchNorm(BatchNormSpec()), name: "before"), LayerSpec(.relu),
        LayerSpec(.addition(from: "before")),
      ]
    }
    let out = random.pick([4, 8])
    let inner = ConvolutionSpec(outChannels: out, kernel: PlaneSize(3), padding: PlaneSize(1))
    let down = [
      LayerSpec(.maxPool(PoolingSpec(kernel: PlaneSize(2)))), LayerSpec(.convolution(inner)),
      LayerSpec(.upsample(PlaneSize(2))), LayerSpec(.concatenation(from: "before")),
    ]
    shape = .image(height: height, width: width, channels: out + channels)
    let before = LayerSpec(.batchNorm(BatchNormSpec()), name: "before")
    return [before] + (random.oneIn(2) ? [LayerSpec(.checkpoint(down))] : down)
  }

  /// A residual whose shortcut has layers of its own.
  mutating func projected(depth: Int) -> LayerKind {
    depthOfSameShape += 1
    let layers = body(depth: depth)
    depthOfSameShape -= 1
    let project = ConvolutionSpec(outChannels: shape.columns, kernel: PlaneSize(1))
    return .residual(
      layers,
      shortcut: [LayerSpec(.convolution(project)), LayerSpec(.batchNorm(BatchNormSpec()))])
  }
}
