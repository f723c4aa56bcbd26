import KernelTable
import Testing

@testable import ModelGraph
@testable import Training

@Suite("Operations against PyTorch, to 1e-5 of a tensor's scale, in bf16 to 2e-2")
struct PyTorchOperationTests {
  @Test("A linear layer and its three gradients are PyTorch's", arguments: Precision.allCases)
  func linear(precision: Precision) throws {
    let bench = OperationBench(precision: precision)
    for each in try Fixture("linear", precision).cases {
      let (x, weight) = (try each.floats("x"), try each.floats("weight"))
      let bias = each.tensors["bias"]?.floats
      let (rows, columns) = (try each.shape("x")[0], try each.shape("x")[1])
      let rule = Linear(
        rows: rows, inFeatures: columns, outFeatures: try each.shape("weight")[0],
        hasBias: bias != nil, hasResidual: false)
      let y = try bench.run(
        .linear(rule), [.activation(x), .floats(weight)] + (bias.map { [.floats($0)] } ?? []),
        outputs: [rows * rule.outFeatures])
      expectPyTorch(
        y.outputs[0], try each.floats("y"), "\(each.name) y", tolerance: precision.tolerance)
      let dy = OperationBench.Operand.activation(try each.floats("d_y"))
      let dx = try bench.run(
        .linearBackwardInput(LinearBackwardInput(forward: rule, accumulates: false)),
        [dy, .floats(weight)], outputs: [x.count])
      expectPyTorch(
        dx.outputs[0], try each.floats("d_x"), "\(each.name) dx", tolerance: precision.tolerance)
      let dw = try bench.run(
        .linearBackwardWeight(LinearBackwardWeight(forward: rule, accumulates: false)),
        [dy, .activation(x)], outputs: [weight.count], wide: [0])
      expectPyTorch(
        dw.outputs[0], try each.floats("d_weight"), "\(each.name) dw",
        tolerance: precision.tolerance)
      guard bias != nil else { continue }
      let db = try bench.run(
        .biasBackward(BiasBackward(rows: rows, width: rule.outFeatures, accumulates: false)), [dy],
        outputs: [rule.outFeatures], wide: [0])
      expectPyTorch(
        db.outputs[0], try each.floats("d_bias"), "\(each.name) db", tolerance: precision.tolerance)
    }
  }

  @Test("Layer norm and its three gradients are PyTorch's", arguments: Precision.allCases)
  func layerNorm(precision: Precision) throws {
    let bench = OperationBench(precision: precision)
    for each in try Fixture("layer_norm", precision).cases {
      let shape = try each.shape("x")
      let rule = LayerNorm(
        rows: shape[0], width: shape[1], epsilon: Float(try each.number("epsilon")))
      let (x, gamma) = (try each.floats("x"), try each.floats("weight"))
      let forward = try bench.run(
        .layerNorm(rule), [.activation(x), .floats(gamma), .floats(try each.floats("bias"))],
        outputs: [x.count, 2 * rule.rows], wide: [1])
      expectPyTorch(
        forward.outputs[0], try each.floats("y"), "\(each.name) y", tolerance: precision.tolerance)
      let kind = LayerNormBackward(forward: rule)
      let backward = try bench.run(
        .layerNormBackward(kind),
        [
          .activation(try each.floats("d_y")), .activation(x), .floats(gamma),
          .floats(forward.outputs[1]),
        ],
        outputs: [x.count, rule.width, rule.width], wide: [1, 2])
      for (index, name) in ["d_x", "d_weight", "d_bias"].enumerated() {
        expectPyTorch(
          backward.outputs[index], try each.floats(name), "\(each.name) \(name)",
          tolerance: precision.tolerance)
      }
    }
  }

  @Test("Both GELUs and ReLU and their gradients are PyTorch's", arguments: Precision.allCases)
  func activations(precision: Precision) throws {
    let bench = OperationBench(precision: precision)
    let fixture = try Fixture("activations", precision)
    for (name, function) in [
      ("gelu tanh", ActivationFunction.geluTanh), ("gelu exact", .geluExact),
      ("relu", .relu),
    ] {
      let each = try fixture.named(name)
      let x = try each.floats("x")
      let rule = Activation(function: function, count: x.count)
      let y = try bench.run(.activation(rule), [.activation(x)], outputs: [x.count]).outputs[0]
      expectPyTorch(y, try each.floats("y"), "\(name) y", tolerance: precision.tolerance)
      let dx = try bench.run(
        .activationBackward(ActivationBackward(forward: rule)),
        [.activation(try each.floats("d_y")), .activation(function == .relu ? y : x)],
        outputs: [x.count])
      expectPyTorch(
        dx.outputs[0], try each.floats("d_x"), "\(name) dx", tolerance: precision.tolerance)
    }
  }

  @Test(
    "Token and position embeddings and their gradients are PyTorch's", arguments: Precision.allCases
  )
  func embedding(precision: Precision) throws {
    let bench = OperationBench(precision: precision)
    for each in try Fixture("embedding", precision).cases {
      let tokens = OperationBench.Operand.indices(try each.indices("tokens"))
      let (table, positions) = (try each.shape("table"), try each.shape("positions"))
      let (batch, time) = (try each.shape("tokens")[0], try each.shape("tokens")[1])
      let lookup = Embedding(rows: batch * time, width: table[1], vocabularySize: table[0])
      let place = PositionEmbedding(
        batch: batch, time: time, width: table[1], contextLength: positions[0])
      let x = try bench.run(
        .embedding(lookup), [tokens, .floats(try each.floats("table"))],
        outputs: [batch * time * table[1]]
      ).outputs[0]
      let y = try bench.run(
        .positionEmbedding(place), [.activation(x), .floats(try each.floats("positions"))],
        outputs: [x.count])
      expectPyTorch(y.outputs[0], try each.floats("y"), "y", tolerance: precision.tolerance)
      let dy = OperationBench.Operand.activation(try each.floats("d_y"))
      let dTable = try bench.run(
        .embeddingBackward(EmbeddingBackward(forward: lookup, accumulates: false)), [dy, tokens],
        outputs: [table[0] * table[1]], wide: [0])
      expectPyTorch(
        dTable.outputs[0], try each.floats("d_table"), "d_table", tolerance: precision.tolerance)
      let dPositions = try bench.run(
        .positionEmbeddingBackward(PositionEmbeddingBackward(forward: place, accumulates: false)),
        [dy], outputs: [positions[0] * positions[1]], wide: [0])
      expectPyTorch(
        dPositions.outputs[0], try each.floats("d_positions"), "d_positions",
        tolerance: precision.tolerance)
    }
  }

  @Test("Attention and its gradient are PyTorch's, causal and not", arguments: Precision.allCases)
  func attention(precision: Precision) throws {
    let bench = OperationBench(precision: precision)
    for each in try Fixture("attention", precision).cases {
      let shape = try each.shape("qkv")
      let heads = Int(try each.number("heads"))
      let width = shape[2] / 3
      let rule = Attention(
        batch: shape[0], time: shape[1], heads: heads, headSize: width / heads,
        causal: try each.flag("causal"), dropout: 0)
      let qkv = try each.floats("qkv")
      let rows = shape[0] * shape[1]
      let forward = try bench.run(
        .attention(rule), [.activation(qkv)], outputs: [rows * width, rows * heads], wide: [1])
      expectPyTorch(
        forward.outputs[0], try each.floats("y"), "\(each.name) y", tolerance: precision.tolerance)
      let backward = try bench.run(
        .attentionBackward(AttentionBackward(forward: rule)),
        [
          .activation(try each.floats("d_y")), .activation(qkv), .activation(forward.outputs[0]),
          .floats(forward.outputs[1]),
        ],
        outputs: [qkv.count])
      expectPyTorch(
        backward.outputs[0], try each.floats("d_qkv"), "\(each.name) d_qkv",
        tolerance: precision.tolerance)
    }
  }
}
