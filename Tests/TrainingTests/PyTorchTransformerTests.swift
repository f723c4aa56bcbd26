import KernelTable
import Testing

@testable import ModelGraph
@testable import Training

@Suite("Gates and masked attention against PyTorch, to 1e-5 of a tensor's scale, in bf16 to 2e-2")
struct PyTorchTransformerTests {
  @Test("SiLU, tanh, the sigmoid and their gradients are PyTorch's", arguments: Precision.allCases)
  func gates(precision: Precision) throws {
    let bench = OperationBench(precision: precision)
    let fixture = try Fixture("gates", precision)
    for (name, function) in [
      ("silu", ActivationFunction.silu), ("tanh", .tanh), ("sigmoid", .sigmoid),
    ] {
      let each = try fixture.named(name)
      let x = try each.floats("x")
      let rule = Activation(function: function, count: x.count)
      let y = try bench.run(.activation(rule), [.activation(x)], outputs: [x.count]).outputs[0]
      expectPyTorch(y, try each.floats("y"), "\(name) y", tolerance: precision.tolerance)
      let needed = function.differentiatesOutput ? y : x
      let dx = try bench.run(
        .activationBackward(ActivationBackward(forward: rule)),
        [.activation(try each.floats("d_y")), .activation(needed)], outputs: [x.count])
      expectPyTorch(
        dx.outputs[0], try each.floats("d_x"), "\(name) dx", tolerance: precision.tolerance)
    }
  }

  @Test("The softmax and its gradient are PyTorch's", arguments: Precision.allCases)
  func softmax(precision: Precision) throws {
    let bench = OperationBench(precision: precision)
    let each = try Fixture("gates", precision).named("softmax")
    let (x, shape) = (try each.floats("x"), try each.shape("x"))
    let rule = Softmax(rows: shape[0], width: shape[1])
    let y = try bench.run(.softmax(rule), [.activation(x)], outputs: [x.count]).outputs[0]
    expectPyTorch(y, try each.floats("y"), "y", tolerance: precision.tolerance)
    let dx = try bench.run(
      .softmaxBackward(SoftmaxBackward(forward: rule)),
      [.activation(try each.floats("d_y")), .activation(y)], outputs: [x.count])
    expectPyTorch(dx.outputs[0], try each.floats("d_x"), "dx", tolerance: precision.tolerance)
  }

  @Test(
    "RMS norm and its gradients are PyTorch's, of small rows too", arguments: Precision.allCases)
  func rmsNorm(precision: Precision) throws {
    let bench = OperationBench(precision: precision)
    for name in ["rms norm", "rms norm of small rows"] {
      let each = try Fixture("gates", precision).named(name)
      let (x, shape) = (try each.floats("x"), try each.shape("x"))
      let gamma = OperationBench.Operand.floats(try each.floats("weight"))
      let rule = RMSNorm(
        rows: shape[0], width: shape[1], epsilon: Float(try each.number("epsilon")))
      let forward = try bench.run(
        .rmsNorm(rule), [.activation(x), gamma], outputs: [x.count, rule.rows], wide: [1])
      expectPyTorch(forward.outputs[0], try each.floats("y"), "y", tolerance: precision.tolerance)
      let kind = RMSNormBackward(forward: rule)
      let backward = try bench.run(
        .rmsNormBackward(kind),
        [.activation(try each.floats("d_y")), .activation(x), gamma, .floats(forward.outputs[1])],
        outputs: [x.count, rule.width], wide: [1])
      expectPyTorch(
        backward.outputs[0], try each.floats("d_x"), "dx", tolerance: precision.tolerance)
      expectPyTorch(
        backward.outputs[1], try each.floats("d_weight"), "dw", tolerance: precision.tolerance)
    }
  }

  @Test(
    "Attention under padding, with grouped heads and rotary positions, is PyTorch's",
    arguments: Precision.allCases)
  func attention(precision: Precision) throws {
    let bench = OperationBench(precision: precision)
    for each in try Fixture("masks", precision).cases {
      let shape = try each.shape("qkv")
      let rule = Attention(
        batch: shape[0], time: shape[1], heads: Int(try each.number("heads")),
        keyHeads: Int(try each.number("key_heads")), headSize: Int(try each.number("size")),
        causal: try each.flag("causal"), dropout: 0, hasPadding: true)
      let base = try each.number("base")
      var qkv = try each.floats("qkv")
      if base > 0 { qkv = try turned(qkv, rule, base, bench, backward: false) }
      let mask = OperationBench.Operand.indices(try each.indices("mask"))
      let rows = shape[0] * shape[1]
      let forward = try bench.run(
        .attention(rule), [.activation(qkv), mask],
        outputs: [rows * rule.width, rows * rule.heads],
        wide: [1])
      expectPyTorch(
        forward.outputs[0], try each.floats("y"), "\(each.name) y", tolerance: precision.tolerance)
      var gradient = try bench.run(
        .attentionBackward(AttentionBackward(forward: rule)),
        [
          .activation(try each.floats("d_y")), .activation(qkv), .activation(forward.outputs[0]),
          .floats(forward.outputs[1]), mask,
        ],
        outputs: [qkv.count]
      ).outputs[0]
      if base > 0 { gradient = try turned(gradient, rule, base, bench, backward: true) }
      expectPyTorch(
        gradient, try each.floats("d_qkv"), "\(each.name) d_qkv", tolerance: precision.tolerance)
    }
  }

  private func turned(
    _ qkv: [Float], _ attention: Attention, _ base: Double, _ bench: OperationBench, backward: Bool
  ) throws -> [Float] {
    let rule = Rotary(attention: attention, base: base, backward: backward)
    return try bench.run(.rotary(rule), [.activation(qkv)], outputs: [qkv.count]).outputs[0]
  }
}
