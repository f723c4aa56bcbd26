import ModelGraph

/// Models of images.
extension BodyReader {
  /// A residual network; without further keys the one for ImageNet.
  func resnet(_ node: YAMLNode) -> ModelSpec? {
    let known = ["preset", "depth", "stem", "image", "classes", "base_width", "loss"]
    guard let keys = mapping(node, "preset resnet", keys: known, place: place) else { return nil }
    let stem =
      keys["stem"].flatMap {
        word($0, "stem", among: ResNetSizes.Stem.allCases.map(\.rawValue))
      }.flatMap(ResNetSizes.Stem.init) ?? .imageNet
    let usual = stem == .cifar ? (size: 32, classes: 10) : (size: 224, classes: 1000)
    let depth = keys.required("depth").flatMap {
      word($0, "depth", among: ResNetSizes.Depth.allCases.map { String($0.rawValue) })
    }.flatMap { Int($0) }.flatMap(ResNetSizes.Depth.init)
    let classes = keys.integer("classes", 2...65_536, default: usual.classes)
    let width = keys.integer("base_width", 1...65_536, default: 64)
    guard let image = image(keys, usual: usual.size), let depth else { return nil }
    return .resnet(
      ResNetSizes(
        depth: depth, stem: stem, height: image.height, width: image.width,
        channels: image.channels, classes: classes ?? 2, baseWidth: width ?? 1))
  }

  /// A vision transformer; without further keys the published ViT-B/16 for ImageNet.
  func vit(_ node: YAMLNode) -> ModelSpec? {
    let known = [
      "preset", "image", "patch", "num_layers", "hidden_size", "num_heads", "intermediate_size",
      "classes", "dropout", "loss",
    ]
    guard let keys = mapping(node, "preset vit", keys: known, place: place) else { return nil }
    let usual = ViTSizes()
    let hidden = keys.integer("hidden_size", BodyLimits.sizes, default: usual.hiddenSize) ?? 1
    guard let image = image(keys, usual: usual.height) else { return nil }
    let sizes = ViTSizes(
      height: image.height, width: image.width, channels: image.channels,
      patch: keys.integer("patch", 1...65_536, default: usual.patch) ?? 1,
      numLayers: keys.integer("num_layers", 1...1000, default: usual.numLayers) ?? 1,
      hiddenSize: hidden,
      numHeads: keys.integer("num_heads", BodyLimits.sizes, default: usual.numHeads) ?? 1,
      intermediateSize: keys["intermediate_size"].flatMap {
        integer($0, "intermediate_size", BodyLimits.sizes)
      },
      classes: keys.integer("classes", 2...65_536, default: usual.classes) ?? 2,
      dropout: Float(keys.number("dropout", .belowOne, default: 0) ?? 0))
    return .vit(sizes)
  }

  /// `image: [height, width, channels]`, by default a square of three channels.
  private func image(
    _ keys: KeyedValues, usual: Int
  ) -> (height: Int, width: Int, channels: Int)? {
    guard let node = keys["image"] else { return (usual, usual, 3) }
    guard case .image(let height, let width, let channels)? = imageInput(node) else { return nil }
    return (height, width, channels)
  }
}
