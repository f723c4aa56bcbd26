import Experiment
import KernelTable
import ModelGraph
import Testing

@Suite("Models of images as text")
struct ImageModelTests {
  private func model(_ layers: String) throws -> ModelSpec {
    let text = directive(
      "model", "net", "input: {image: [8, 8, 4]}\nloss: mse\nlayers:\n\(layers)")
    guard case .model(let spec) = try cell("net", in: plan(text)).body else {
      throw NoModel()
    }
    return spec.spec
  }

  private struct NoModel: Error {}

  @Test("Layers of images take PyTorch's words, with numbers or [height, width]")
  func layers() throws {
    let spec = try model(
      """
        - conv2d: {out: 8, kernel: 3, padding: 1, bias: false, name: first}
        - conv2d: {out: 8, kernel: [3, 1], stride: [1, 2], padding: [1, 0], dilation: 1, groups: 4}
        - batch_norm
        - batch_norm: {eps: 1e-3, momentum: 0.01}
        - group_norm: 4
        - group_norm: {groups: 2, eps: 1e-6}
        - max_pool: 2
        - avg_pool: {kernel: 3, stride: 1, padding: 1}
        - upsample: {factor: [2, 1]}
        - upsample: [1, 2]
        - flatten
        - reshape: [8, 8, 4]
        - sequence
        - global_avg_pool
      """)
    let first = ConvolutionSpec(
      outChannels: 8, kernel: PlaneSize(3), padding: PlaneSize(1), bias: false)
    let second = ConvolutionSpec(
      outChannels: 8, kernel: PlaneSize(3, 1), stride: PlaneSize(1, 2), padding: PlaneSize(1, 0),
      groups: 4)
    let expected: [LayerSpec] = [
      LayerSpec(.convolution(first), name: "first"), LayerSpec(.convolution(second)),
      LayerSpec(.batchNorm(BatchNormSpec())),
      LayerSpec(.batchNorm(BatchNormSpec(epsilon: 1e-3, momentum: 0.01))),
      LayerSpec(.groupNorm(groups: 4, epsilon: 1e-5)),
      LayerSpec(.groupNorm(groups: 2, epsilon: 1e-6)),
      LayerSpec(.maxPool(PoolingSpec(kernel: PlaneSize(2)))),
      LayerSpec(
        .averagePool(
          PoolingSpec(kernel: PlaneSize(3), stride: PlaneSize(1), padding: PlaneSize(1)))),
      LayerSpec(.upsample(PlaneSize(2, 1))), LayerSpec(.upsample(PlaneSize(1, 2))),
      LayerSpec(.flatten), LayerSpec(.reshape([8, 8, 4])), LayerSpec(.sequence),
      LayerSpec(.globalAveragePool),
    ]
    #expect(spec.layers == expected)
  }

  @Test("A U-Net is written with named layers")
  func skips() throws {
    let spec = try model(
      """
        - sequential: {name: down, layers: [conv2d: {out: 8, kernel: 3, padding: 1}, relu]}
        - max_pool: 2
        - conv2d: {out: 8, kernel: 3, padding: 1}
        - upsample: 2
        - concat: {from: down}
        - conv2d: {out: 8, kernel: 1}
        - add: down
        - residual:
            layers: [conv2d: {out: 4, kernel: 3, padding: 1}, batch_norm]
            shortcut: [conv2d: {out: 4, kernel: 1}]
      """)
    let kinds = spec.layers.map(\.kind)
    #expect(kinds.contains(.concatenation(from: "down")))
    #expect(kinds.contains(.addition(from: "down")))
    #expect(kinds.last?.innerLists.map(\.count) == [2, 1])
  }

  @Test("The presets take the published sizes unless they are given others")
  func presets() throws {
    let resnet = directive(
      "model", "net", "preset: resnet\ndepth: 18\nstem: cifar\nimage: [16, 16, 1]\nbase_width: 8")
    let sizes = ResNetSizes(
      depth: .eighteen, stem: .cifar, height: 16, width: 16, channels: 1, classes: 10,
      baseWidth: 8)
    #expect(try cell("net", in: plan(resnet)).body == .model(ModelCell(spec: .resnet(sizes))))
    let vit = directive(
      "model", "net",
      "preset: vit\nimage: [8, 8, 1]\npatch: 4\nnum_layers: 2\nhidden_size: 16\nnum_heads: 2\nclasses: 3"
    )
    let small = ViTSizes(
      height: 8, width: 8, channels: 1, patch: 4, numLayers: 2, hiddenSize: 16, numHeads: 2,
      classes: 3)
    #expect(try cell("net", in: plan(vit)).body == .model(ModelCell(spec: .vit(small))))
  }

  @Test("Every number of a layer of images changes the key")
  func keys() throws {
    let variants = [
      "conv2d: {out: 4, kernel: 3, padding: 1}", "conv2d: {out: 8, kernel: 3, padding: 1}",
      "conv2d: {out: 4, kernel: 1}", "conv2d: {out: 4, kernel: 1, stride: 2}",
      "conv2d: {out: 4, kernel: 1, groups: 2}", "conv2d: {out: 4, kernel: 1, bias: false}",
      "batch_norm", "batch_norm: {momentum: 0.2}", "batch_norm: {eps: 1e-3}", "group_norm: 2",
      "group_norm: 4", "max_pool: 2", "avg_pool: 2", "max_pool: {kernel: 2, stride: 1}",
      "upsample: 2", "upsample: [2, 1]", "flatten", "sequence", "reshape: [256]",
      "reshape: [16, 16]", "residual: [conv2d: {out: 4, kernel: 1}]",
      "residual: {layers: [conv2d: {out: 4, kernel: 1}], shortcut: [conv2d: {out: 4, kernel: 1}]}",
    ]
    let keys = try variants.map { layer in
      try plan(
        directive(
          "model", "net", "input: {image: [8, 8, 4]}\nloss: mse\nlayers:\n  - \(layer)")
      ).cells[0].key
    }
    #expect(Set(keys).count == variants.count)
  }

  @Test("A layer that reads from a name that does not exist is told the nearest one")
  func unknownSkip() {
    let text = directive(
      "model", "net",
      "input: {image: [8, 8, 4]}\nlayers:\n  - relu: {name: down1}\n  - concat: {from: donw1}\n  - flatten\n  - linear: 3"
    )
    let message = faults(text)
    #expect(message.contains("no earlier layer around this one is named 'donw1'"), "\(message)")
    #expect(message.contains("did you mean 'down1'?"), "\(message)")
    #expect(message.contains(":5:20"), "\(message)")
  }
}
