import Testing

@testable import ModelGraph
@testable import Training

@Suite("Gates and masked attention against PyTorch, to 1e-5 of a tensor's scale")
struct PyTorchTransformerTests {
  private let bench = OperationBench()

  @Test("SiLU, tanh, the sigmoid and their gradients are PyTorch's")
  func gates() throws {
    let fixture = try Fixture("gates")
    for (name, function) in [
      ("silu", Activation.Function.silu), ("tanh", .tanh), ("sigmoid", .sigmoid),
    ] {
      let each = try fixture.named(name)
      let x = try each.floats("x")
      let rule = Activation(function: function, count: x.count)
      let y = try bench.run(.activation(rule), [.floats(x)], outputs: [x.count]).outputs[0]
      expectPyTorch(y, try each.floats("y"), "\(name) y")
      let needed = function.differentiatesOutput ? y : x
      let dx = try bench.run(
        .activationBackward(ActivationBackward(forward: rule)),
        [.floats(try each.floats("d_y")), .floats(needed)], outputs: [x.count])
      expectPyTorch(dx.outputs[0], try each.floats("d_x"), "\(name) dx")
    }
  }

  @Test("The softmax and its gradient are PyTorch's")
  func softmax() throws {
    let each = try Fixture("gates").named("softmax")
    let (x, shape) = (try each.floats("x"), try each.shape("x"))
    let rule = Softmax(rows: shape[0], width: shape[1])
    let y = try bench.run(.softmax(rule), [.floats(x)], outputs: [x.count]).outputs[0]
    expectPyTorch(y, try each.floats("y"), "y")
    let dx = try bench.run(
      .softmaxBackward(SoftmaxBackward(forward: rule)),
      [.floats(try each.floats("d_y")), .floats(y)], outputs: [x.count])
    expectPyTorch(dx.outputs[0], try each.floats("d_x"), "dx")
  }

  @Test("RMS norm and its gradients are PyTorch's, of small rows too")
  func rmsNorm() throws {
    for name in ["rms norm", "rms norm of small rows"] {
      let each = try Fixture("gates").named(name)
      let (x, shape) = (try each.floats("x"), try each.shape("x"))
      let gamma = OperationBench.Operand.floats(try each.floats("weight"))
      let rule = RMSNorm(
        rows: shape[0], width: shape[1], epsilon: Float(try each.number("epsilon")))
      let forward = try bench.run(
        .rmsNorm(rule), [.floats(x), gamma], outputs: [x.count, rule.rows])
      expectPyTorch(forward.outputs[0], try each.floats("y"), "y")
      let kind = RMSNormBackward(
        forward: rule, accumulatesInput: false, accumulatesParameters: false)
      let backward = try bench.run(
        .rmsNormBackward(kind),
        [.floats(try each.floats("d_y")), .floats(x), gamma, .floats(forward.outputs[1])],
        outputs: [x.count, rule.width])
      expectPyTorch(backward.outputs[0], try each.floats("d_x"), "dx")
      expectPyTorch(backward.outputs[1], try each.floats("d_weight"), "dw")
    }
  }

  @Test("Attention under padding, with grouped heads and rotary positions, is PyTorch's")
  func attention() throws {
    for each in try Fixture("masks").cases {
      let shape = try each.shape("qkv")
      let rule = Attention(
        batch: shape[0], time: shape[1], heads: Int(try each.number("heads")),
        keyHeads: Int(try each.number("key_heads")), headSize: Int(try each.number("size")),
        causal: try each.flag("causal"), dropout: 0, hasPadding: true)
      let base = try each.number("base")
      var qkv = try each.floats("qkv")
      if base > 0 { qkv = try turned(qkv, rule, base, backward: false) }
      let mask = OperationBench.Operand.indices(try each.indices("mask"))
      let rows = shape[0] * shape[1]
      let forward = try bench.run(
        .attention(rule), [.floats(qkv), mask], outputs: [rows * rule.width, rows * rule.heads])
      expectPyTorch(forward.outputs[0], try each.floats("y"), "\(each.name) y")
      var gradient = try bench.run(
        .attentionBackward(AttentionBackward(forward: rule)),
        [
          .floats(try each.floats("d_y")), .floats(qkv), .floats(forward.outputs[0]),
          .floats(forward.outputs[1]), mask,
        ],
        outputs: [qkv.count]
      ).outputs[0]
      if base > 0 { gradient = try turned(gradient, rule, base, backward: true) }
      expectPyTorch(gradient, try each.floats("d_qkv"), "\(each.name) d_qkv")
    }
  }

  private func turned(
    _ qkv: [Float], _ attention: Attention, _ base: Double, backward: Bool
  ) throws -> [Float] {
    let rule = Rotary(attention: attention, base: base, backward: backward)
    return try bench.run(.rotary(rule), [.floats(qkv)], outputs: [qkv.count]).outputs[0]
  }
}
