import EngineTestSupport
import KernelTable
import Testing

@testable import ModelGraph

@Suite("Layers of images")
struct ImageLayerTests {
  private static let norm = LayerSpec(.batchNorm(BatchNormSpec()))

  private static func convolution(
    _ out: Int, kernel: Int = 3, stride: Int = 1, padding: Int = 1, groups: Int = 1,
    name: String? = nil
  ) -> LayerSpec {
    LayerSpec(
      .convolution(
        ConvolutionSpec(
          outChannels: out, kernel: PlaneSize(kernel), stride: PlaneSize(stride),
          padding: PlaneSize(padding), groups: groups)), name: name)
  }

  private static func model(_ layers: [LayerSpec]) -> ModelSpec {
    ModelSpec(
      input: .image(height: 8, width: 6, channels: 4), layers: layers, loss: .meanSquaredError)
  }

  /// The operations that layers become, with what is done in the same pass.
  private func kinds(_ layers: [LayerSpec], training: Bool = true) throws -> [String] {
    try Graph(lowering: Self.model(layers), batch: 2, training: training).operations.map {
      switch $0.kind {
      case .linear(let rule): rule.hasResidual ? "linear+" : "linear"
      case .batchNorm(let rule): rule.shape.marks("batch_norm")
      case .batchNormEvaluation(let rule): rule.shape.marks("evaluated_norm")
      default: $0.kind.rule.name
      }
    }
  }

  private func fault(_ layers: [LayerSpec]) -> ModelFault? {
    do throws(ModelFault) {
      _ = try Graph(lowering: Self.model(layers), batch: 1)
      return nil
    } catch {
      return error
    }
  }

  private func shape(_ layers: [LayerSpec]) throws -> ValueShape {
    try Graph(lowering: Self.model(layers), batch: 2).predictionShape
  }

  @Test("Windows change an image's size as PyTorch counts them")
  func sizes() throws {
    #expect(try shape([Self.convolution(5)]) == .image(height: 8, width: 6, channels: 5))
    #expect(
      try shape([Self.convolution(5, stride: 2)]) == .image(height: 4, width: 3, channels: 5))
    let pool = PoolingSpec(kernel: PlaneSize(3, 2), stride: PlaneSize(2), padding: PlaneSize(1))
    #expect(try shape([LayerSpec(.maxPool(pool))]) == .image(height: 4, width: 4, channels: 4))
    #expect(
      try shape([LayerSpec(.upsample(PlaneSize(2, 3)))])
        == .image(height: 16, width: 18, channels: 4))
    #expect(try shape([LayerSpec(.flatten)]) == .vector(192))
    #expect(try shape([LayerSpec(.globalAveragePool)]) == .vector(4))
    #expect(try shape([LayerSpec(.sequence)]) == .sequence(length: 48, width: 4))
    #expect(
      try shape([LayerSpec(.flatten), LayerSpec(.reshape([4, 4, 12]))])
        == .image(height: 4, width: 4, channels: 12))
  }

  @Test("A convolution of single pixels is a linear layer, unless it skips some or has groups")
  func pointwise() throws {
    #expect(try kinds([Self.convolution(8, kernel: 1, padding: 0)]) == ["linear"])
    #expect(try kinds([Self.convolution(8, kernel: 1, stride: 2, padding: 0)]) == ["conv2d"])
    #expect(try kinds([Self.convolution(8, kernel: 1, padding: 0, groups: 2)]) == ["conv2d"])
    #expect(
      try kinds([.residual([Self.convolution(4, kernel: 1, padding: 0)])]) == ["linear+"])
  }

  @Test("A batch norm takes the sum and the ReLU behind it into its own pass")
  func fusion() throws {
    let block = [Self.convolution(4), Self.norm, .relu, Self.convolution(4), Self.norm]
    #expect(
      try kinds([.residual(block), .relu]) == [
        "conv2d", "batch_norm>", "batch_norm_update", "conv2d", "batch_norm+>",
        "batch_norm_update",
      ])
    #expect(
      try kinds([.residual(block), .relu], training: false)
        == ["conv2d", "evaluated_norm>", "conv2d", "evaluated_norm+>"])
  }

  @Test("Nothing is fused into a value that something else reads")
  func noFusion() throws {
    #expect(
      try kinds([Self.norm, .residual([.relu, Self.convolution(4)])]) == [
        "batch_norm", "batch_norm_update", "relu", "conv2d", "add",
      ])
    let named = LayerSpec(.batchNorm(BatchNormSpec()), name: "before")
    #expect(
      try kinds([named, .relu, LayerSpec(.addition(from: "before"))]) == [
        "batch_norm", "batch_norm_update", "relu", "add",
      ])
    #expect(try kinds([named, .relu]) == ["batch_norm>", "batch_norm_update"])
  }

  @Test("A residual adds its shortcut's layers, whose shape must be the same")
  func shortcut() throws {
    let branch = [Self.convolution(8, stride: 2), Self.norm]
    let shortcut = [Self.convolution(8, kernel: 1, stride: 2, padding: 0), Self.norm]
    #expect(
      try kinds([LayerSpec(.residual(branch, shortcut: shortcut))]) == [
        "conv2d", "batch_norm", "batch_norm_update", "conv2d", "batch_norm+", "batch_norm_update",
      ])
    let wrong = fault([LayerSpec(.residual(branch, shortcut: [Self.convolution(8)]))])
    #expect(
      wrong?.message
        == "the layers of a residual make an image [4, 3, 8], but its shortcut an image [8, 6, 8]")
  }

  @Test("A named layer's output is read by a layer after it, in its list or inside of a later one")
  func skips() throws {
    let model = [
      Self.convolution(4, name: "a"), Self.convolution(8, stride: 2),
      .sequential([LayerSpec(.upsample(PlaneSize(2))), LayerSpec(.concatenation(from: "a"))]),
    ]
    #expect(try shape(model) == .image(height: 8, width: 6, channels: 12))
    let unknown = fault([
      Self.convolution(4, name: "a"), .sequential([Self.convolution(4, name: "b")], name: "s"),
      LayerSpec(.concatenation(from: "b")),
    ])
    #expect(unknown?.reason == .unknownSkip(name: "b", layers: ["a", "s"]))
    #expect(unknown?.layer == [2])
    let narrow = fault([
      Self.convolution(4, name: "a"), Self.convolution(4, stride: 2),
      LayerSpec(.addition(from: "a")),
    ])
    #expect(
      narrow?.message == "the output of 'a' is an image [8, 6, 4], but here is an image [4, 3, 4]")
  }

  @Test("Faults name what does not fit")
  func faults() {
    #expect(
      fault([LayerSpec(.flatten), Self.convolution(4)])?.message
        == "conv2d reads an image, but here is a vector [192]")
    #expect(
      fault([Self.convolution(4, kernel: 9, padding: 0)])?.message
        == "a window of [9, 9] does not fit into an image [8, 6, 4] with its padding")
    #expect(
      fault([Self.convolution(6, groups: 3)])?.message
        == "3 groups do not divide 4 input channels")
    #expect(
      fault([LayerSpec(.maxPool(PoolingSpec(kernel: PlaneSize(2), padding: PlaneSize(2))))])?
        .message == "the padding is more than half of the kernel")
    #expect(
      fault([LayerSpec(.reshape([5, 5]))])?.message
        == "an image [8, 6, 4] has 192 numbers, but a sequence [5, 5] has 25")
    #expect(fault([LayerSpec(.groupNorm(groups: 3, epsilon: 1e-5))])?.layer == [0])
  }

  @Test("Sizes that no machine has are refused before anything multiplies them")
  func hugeSizes() {
    for layer in [
      Self.convolution(1 << 28, kernel: 1 << 16, padding: 1 << 16),
      Self.convolution(1, kernel: 1 << 16, padding: 1 << 16),
      Self.convolution(4, kernel: 1 << 40), Self.convolution(4, padding: -1),
      LayerSpec(.upsample(PlaneSize(1 << 10))), LayerSpec(.reshape([1 << 28, 1 << 28, 1 << 28])),
    ] {
      let model = ModelSpec(
        input: .image(height: 1 << 14, width: 1 << 14, channels: 4), layers: [layer],
        loss: .meanSquaredError)
      #expect(throws: ModelFault.self) { try Graph(lowering: model, batch: 4) }
    }
  }
}

extension BatchNormShape {
  fileprivate func marks(_ name: String) -> String {
    name + (hasResidual ? "+" : "") + (hasReLU ? ">" : "")
  }
}
