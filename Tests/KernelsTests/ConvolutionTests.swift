import KernelTable
import Testing

@testable import Kernels

@Suite("Convolutions")
struct ConvolutionTests {
  static let shapes = [
    // Whole tiles of 64 channels, several tasks and stretches of k; a stem; a patch embedding; a
    // projection of every other pixel; depthwise; a dilated one.
    shape(2, 16, 64, 64, kernel: 3, padding: 1),
    shape(3, 11, 3, 16, kernel: 7, stride: 2, padding: 3),
    shape(2, 8, 3, 24, kernel: 4, stride: 4), shape(2, 9, 20, 33, kernel: 1, stride: 2),
    shape(2, 7, 24, 24, kernel: 3, padding: 1, groups: 24),
    shape(1, 12, 16, 8, kernel: 3, padding: 4, dilation: 4),
    shape(1, 13, 16, 8, kernel: 3, stride: 3, padding: 1, dilation: 2, groups: 2),
  ]

  private static func shape(
    _ batch: Int, _ size: Int, _ inputs: Int, _ outputs: Int, kernel: Int, stride: Int = 1,
    padding: Int = 0, dilation: Int = 1, groups: Int = 1
  ) -> ConvolutionShape {
    ConvolutionShape(
      windows: WindowShape(
        batch: batch, image: PlaneSize(size, size + 1), kernel: PlaneSize(kernel),
        stride: PlaneSize(stride), padding: PlaneSize(padding), dilation: PlaneSize(dilation)),
      inputs: inputs, outputs: outputs, groups: groups)
  }

  @Test("A convolution and its gradients are chains of fused multiply-adds, bit for bit")
  func namedShapes() throws {
    for shape in Self.shapes { try expectChains(ConvolutionData(shape, seed: 5)) }
  }

  @Test("Random strides, paddings, dilations and groups give the chains", arguments: 0..<40)
  func randomShapes(seed: Int) throws { try expectChains(ConvolutionData(seed: seed)) }

  private func expectChains(_ data: ConvolutionData) throws {
    for (isFirst, start) in [(true, Float(0)), (false, 1)] {
      let actual = try Engines.agree { results(data, hasBias: !isFirst, accumulate: !isFirst, $0) }
      let expected = [
        data.forward(hasBias: !isFirst), data.inputGradient(from: start),
        data.weightGradient(from: start),
      ]
      for (index, name) in ["y", "dx", "dw"].enumerated() {
        #expect(actual[index] == expected[index], "\(name) of \(data.shape)")
      }
    }
  }

  private func results(
    _ data: ConvolutionData, hasBias: Bool, accumulate: Bool, _ engine: Kernels
  ) -> [[Float]] {
    let shape = data.shape
    var y = unwritten(shape.windows.rows * shape.outputs)
    withWorkspace(Workspace.convolution(shape, threads: engine.threads)) { workspace in
      engine.convolutionForward(
        shape, x: data.x, weight: data.weight, bias: hasBias ? data.bias : nil, into: &y,
        workspace: workspace)
    }
    let start: Float = accumulate ? 1 : .nan
    var dx = [Float](repeating: start, count: data.x.count)
    withWorkspace(Workspace.convolutionBackwardInput(shape, threads: engine.threads)) {
      engine.convolutionBackwardInput(
        shape, dy: data.dy, weight: data.weight, into: &dx, accumulate: accumulate, workspace: $0)
    }
    var dw = [Float](repeating: start, count: data.weight.count)
    withWorkspace(Workspace.convolutionBackwardWeight(shape, threads: engine.threads)) {
      engine.convolutionBackwardWeight(
        shape, dy: data.dy, x: data.x, into: &dw, accumulate: accumulate, workspace: $0)
    }
    return [y, dx, dw]
  }
}
