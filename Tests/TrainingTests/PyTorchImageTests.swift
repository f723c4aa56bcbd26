import KernelTable
import Testing

@testable import ModelGraph
@testable import Training

@Suite("Operations on images against PyTorch, to 1e-5 of a tensor's scale, in bf16 to 2e-2")
struct PyTorchImageTests {
  @Test("A convolution and its gradients are PyTorch's", arguments: Precision.allCases)
  func convolution(precision: Precision) throws {
    let bench = OperationBench(precision: precision)
    for each in try Fixture("convolution", precision).cases {
      let bias = each.tensors["bias"]?.floats
      let rule = Convolution(shape: try each.convolutionShape, hasBias: bias != nil)
      let (x, weight) = (try each.operand("x"), try each.operand("weight"))
      let dy = try each.operand("d_y")
      try expect(
        .convolution(rule), [x, weight] + (bias.map { [.floats($0)] } ?? []), ["y"], each, bench)
      try expect(
        .convolutionBackwardInput(ConvolutionBackwardInput(forward: rule, accumulates: false)),
        [dy, weight], ["d_x"], each, bench)
      try expect(
        .convolutionBackwardWeight(ConvolutionBackwardWeight(forward: rule, accumulates: false)),
        [dy, x], ["d_weight"], each, bench)
    }
  }

  @Test(
    "Batch norm, its gradients and its running statistics are PyTorch's",
    arguments: Precision.allCases)
  func batchNorm(precision: Precision) throws {
    let bench = OperationBench(precision: precision)
    for each in try Fixture("batch_norm", precision).cases {
      let shape = try each.batchNormShape
      let affine = [try each.operand("weight"), try each.operand("bias")]
      let residual = shape.hasResidual ? [try each.operand("residual")] : []
      let rule = BatchNorm(shape: shape)
      let forward = try bench.run(
        .batchNorm(rule), [try each.operand("x")] + affine + residual,
        outputs: [shape.rows * shape.width, 2 * shape.width], wide: [1])
      expectPyTorch(
        forward.outputs[0], try each.floats("y"), "\(each.name) y", tolerance: precision.tolerance)
      try expectBackward(rule, statistics: forward.outputs[1], each, bench)
      let update = BatchNormUpdate(
        rows: shape.rows, width: shape.width, momentum: Float(try each.number("momentum")))
      let running = [try each.operand("running_mean"), try each.operand("running_var")]
      let updated = try bench.run(
        .batchNormUpdate(update), [.floats(forward.outputs[1])] + running)
      expectPyTorch(
        updated.inputs[1], try each.floats("new_mean"), "\(each.name) mean",
        tolerance: precision.tolerance)
      expectPyTorch(
        updated.inputs[2], try each.floats("new_var"), "\(each.name) variance",
        tolerance: precision.tolerance)
      try expect(
        .batchNormEvaluation(BatchNormEvaluation(shape: shape)),
        [try each.operand("x")] + affine + running + residual, ["evaluated"], each, bench)
    }
  }

  private func expectBackward(
    _ rule: BatchNorm, statistics: [Float], _ each: Fixture.Case, _ bench: OperationBench
  ) throws {
    let shape = rule.shape
    let givesResidual = shape.hasReLU && shape.hasResidual
    let kind = BatchNormBackward(forward: rule, givesResidual: givesResidual)
    let gate = shape.hasReLU ? [try each.operand(shape.hasResidual ? "y" : "bias")] : []
    try expect(
      .batchNormBackward(kind),
      [
        try each.operand("d_y"), try each.operand("x"), try each.operand("weight"),
        .floats(statistics),
      ] + gate,
      ["d_x", "d_weight", "d_bias"] + (givesResidual ? ["d_residual"] : []), each, bench)
  }

  @Test("Group norm and its gradients are PyTorch's", arguments: Precision.allCases)
  func groupNorm(precision: Precision) throws {
    let bench = OperationBench(precision: precision)
    for each in try Fixture("group_norm", precision).cases {
      let x = try each.shape("x")
      let shape = GroupNormShape(
        batch: x[0], positions: x[1] * x[2], width: x[3], groups: Int(try each.number("groups")))
      let rule = GroupNorm(shape: shape, epsilon: Float(try each.number("epsilon")))
      let inputs = [try each.operand("x"), try each.operand("weight"), try each.operand("bias")]
      let forward = try bench.run(
        .groupNorm(rule), inputs, outputs: [inputs[0].count, 2 * shape.batch * shape.groups],
        wide: [1])
      expectPyTorch(
        forward.outputs[0], try each.floats("y"), "\(each.name) y", tolerance: precision.tolerance)
      let kind = GroupNormBackward(forward: rule)
      try expect(
        .groupNormBackward(kind),
        [try each.operand("d_y"), inputs[0], inputs[1], .floats(forward.outputs[1])],
        ["d_x", "d_weight", "d_bias"], each, bench)
    }
  }

  @Test(
    "Maximum, mean and global pooling, upsampling, and their gradients are PyTorch's",
    arguments: Precision.allCases)
  func pooling(precision: Precision) throws {
    let bench = OperationBench(precision: precision)
    for each in try Fixture("pooling", precision).cases {
      let (forward, backward, reads) = try each.poolingKinds
      try expect(forward, [try each.operand("x")], ["y"], each, bench)
      try expect(
        backward,
        [try each.operand("d_y")]
          + (reads ? [try each.operand("x"), try each.operand("y")] : []), ["d_x"], each, bench)
    }
  }

  @Test("Concatenation and its gradients are PyTorch's", arguments: Precision.allCases)
  func concatenation(precision: Precision) throws {
    let bench = OperationBench(precision: precision)
    let each = try Fixture("concatenation", precision).named("columns")
    let (a, b) = (try each.shape("a"), try each.shape("b"))
    let rule = Concatenation(rows: a[0], first: a[1], second: b[1])
    try expect(
      .concatenation(rule), [try each.operand("a"), try each.operand("b")], ["y"], each, bench)
    for (name, width, offset) in [("d_a", a[1], 0), ("d_b", b[1], a[1])] {
      let kind = ConcatenationBackward(
        rows: a[0], width: width, stride: rule.width, offset: offset, accumulates: false)
      try expect(.concatenationBackward(kind), [try each.operand("d_y")], [name], each, bench)
    }
  }

  private func expect(
    _ kind: OperationKind, _ inputs: [OperationBench.Operand], _ outputs: [String],
    _ each: Fixture.Case, _ bench: OperationBench
  ) throws {
    let (expected, precision) = (try outputs.map { try each.floats($0) }, bench.precision)
    // Gradients of parameters are f32.
    let wide = Set(outputs.indices.filter { ["d_weight", "d_bias"].contains(outputs[$0]) })
    let result = try bench.run(kind, inputs, outputs: expected.map(\.count), wide: wide)
    for (index, name) in outputs.enumerated() {
      expectPyTorch(
        result.outputs[index], expected[index], "\(each.name) \(name)",
        tolerance: precision.tolerance)
    }
  }
}

extension Fixture.Case {
  fileprivate func operand(_ name: String) throws -> OperationBench.Operand {
    let isWide = name.hasPrefix("running") || ["weight", "bias"].contains(name)
    return isWide ? .floats(try floats(name)) : .activation(try floats(name))
  }

  fileprivate func plane(_ name: String) throws -> PlaneSize {
    let sizes = try numbers(name)
    return PlaneSize(Int(sizes[0]), Int(sizes[1]))
  }

  fileprivate var convolutionShape: ConvolutionShape {
    get throws {
      let (x, weight) = (try shape("x"), try shape("weight"))
      return ConvolutionShape(
        windows: WindowShape(
          batch: x[0], image: PlaneSize(x[1], x[2]), kernel: try plane("kernel"),
          stride: try plane("stride"), padding: try plane("padding"),
          dilation: try plane("dilation")),
        inputs: x[3], outputs: weight[0], groups: Int(try number("groups")))
    }
  }

  fileprivate var batchNormShape: BatchNormShape {
    get throws {
      let x = try shape("x")
      return BatchNormShape(
        rows: x[0], width: x[1], epsilon: Float(try number("epsilon")),
        hasResidual: tensors["residual"] != nil, hasReLU: try flag("relu"))
    }
  }

  /// The operation, its derivative, and whether that reads x and y.
  fileprivate var poolingKinds: (OperationKind, OperationKind, Bool) {
    get throws {
      let x = try shape("x")
      let image = PlaneSize(x[1], x[2])
      if name == "global" {
        let rule = MeanPooling(batch: x[0], positions: image.count, width: x[3])
        let backward = MeanPoolingBackward(forward: rule, accumulates: false)
        return (.meanPooling(rule), .meanPoolingBackward(backward), false)
      }
      if name == "upsample" {
        let rule = Upsampling(
          batch: x[0], image: image, factor: try plane("kernel"), channels: x[3])
        let backward = UpsamplingBackward(forward: rule, accumulates: false)
        return (.upsampling(rule), .upsamplingBackward(backward), false)
      }
      let windows = WindowShape(
        batch: x[0], image: image, kernel: try plane("kernel"), stride: try plane("stride"),
        padding: try plane("padding"))
      let isLargest = name.hasPrefix("max")
      let rule = Pooling(
        function: isLargest ? .largest : .average, windows: windows, channels: x[3])
      let backward = PoolingBackward(forward: rule, accumulates: false)
      return (.pooling(rule), .poolingBackward(backward), isLargest)
    }
  }
}
