import KernelTable

extension ModelSpec {
  /// A residual network as torchvision builds it.
  ///
  /// He et al. 2016; of the blocks with three convolutions, the middle one has the stride.
  /// Convolutions are drawn from N(0, 2 / (taps · output channels)) (He et al. 2015, equation 14), the
  /// head as PyTorch draws a linear layer. Blocks are named `layer1_0`, `layer1_1`, ….
  public static func resnet(_ sizes: ResNetSizes) -> ModelSpec {
    // A group without a name: the stem is one block of the policies, and its layers keep their names.
    var layers = [LayerSpec(.sequential(sizes.stemLayers))]
    var channels = sizes.baseWidth
    for (stage, count) in sizes.depth.blocks.enumerated() {
      for index in 0..<count {
        let block = ResidualBlock(
          inside: sizes.baseWidth << stage, expansion: sizes.depth.expansion,
          stride: stage > 0 && index == 0 ? 2 : 1, inputs: channels)
        layers.append(
          LayerSpec(.sequential(block.layers), name: "layer\(stage + 1)_\(index)"))
        channels = block.outputs
      }
    }
    layers += [
      LayerSpec(.globalAveragePool),
      LayerSpec(.linear(LinearSpec(outFeatures: sizes.classes)), name: "head"),
    ]
    return ModelSpec(
      input: .image(height: sizes.height, width: sizes.width, channels: sizes.channels),
      layers: layers, loss: .crossEntropy)
  }
}

extension ResNetSizes {
  fileprivate var stemLayers: [LayerSpec] {
    let isLarge = stem == .imageNet
    let convolution = LayerSpec.unbiased(
      out: baseWidth, kernel: isLarge ? 7 : 3, stride: isLarge ? 2 : 1, name: "conv1")
    let pool = PoolingSpec(kernel: PlaneSize(3), stride: PlaneSize(2), padding: PlaneSize(1))
    return [convolution, .batchNorm("bn1"), LayerSpec(.relu)]
      + (isLarge ? [LayerSpec(.maxPool(pool))] : [])
  }
}

/// A block of a residual network: two convolutions, or three where its output is wider than its inside.
private struct ResidualBlock {
  let inside: Int
  let expansion: Int
  let stride: Int
  let inputs: Int

  var outputs: Int { inside * expansion }

  var layers: [LayerSpec] {
    [LayerSpec(.residual(branch, shortcut: shortcut)), LayerSpec(.relu)]
  }

  private var branch: [LayerSpec] {
    guard expansion > 1 else {
      return [
        .unbiased(out: inside, kernel: 3, stride: stride, name: "conv1"), .batchNorm("bn1"),
        LayerSpec(.relu), .unbiased(out: inside, kernel: 3, name: "conv2"), .batchNorm("bn2"),
      ]
    }
    return [
      .unbiased(out: inside, kernel: 1, name: "conv1"), .batchNorm("bn1"), LayerSpec(.relu),
      .unbiased(out: inside, kernel: 3, stride: stride, name: "conv2"), .batchNorm("bn2"),
      LayerSpec(.relu), .unbiased(out: outputs, kernel: 1, name: "conv3"), .batchNorm("bn3"),
    ]
  }

  /// A projection where the block changes the image's shape.
  private var shortcut: [LayerSpec] {
    guard stride > 1 || inputs != outputs else { return [] }
    return [.unbiased(out: outputs, kernel: 1, stride: stride, name: "conv"), .batchNorm("bn")]
  }
}

extension LayerSpec {
  /// A convolution that keeps the image's size but for its stride, drawn for a ReLU behind it.
  fileprivate static func unbiased(
    out: Int, kernel: Int, stride: Int = 1, name: String
  ) -> LayerSpec {
    let variance = 2 / Float(kernel * kernel * out)
    let spec = ConvolutionSpec(
      outChannels: out, kernel: PlaneSize(kernel), stride: PlaneSize(stride),
      padding: PlaneSize(kernel / 2), bias: false,
      initialization: .normal(standardDeviation: variance.squareRoot()))
    return LayerSpec(.convolution(spec), name: name)
  }

  fileprivate static func batchNorm(_ name: String) -> LayerSpec {
    LayerSpec(.batchNorm(BatchNormSpec()), name: name)
  }
}
