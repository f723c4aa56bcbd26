import EngineTestSupport
import ModelGraph
import Testing

@Suite("Derivatives")
struct DerivativeTests {
  private func differentiated(_ layers: [LayerSpec], features: Int = 8) throws -> TrainingGraph {
    let model = ModelSpec.features(features, loss: .meanSquaredError, layers)
    return TrainingGraph(differentiating: try Graph(lowering: model, batch: 2))
  }

  private func kinds(_ operations: [Operation]) -> [String] {
    operations.map { operation in
      switch operation.kind {
      case .linearBackwardInput(let rule): rule.accumulates ? "dx+" : "dx"
      case .linearBackwardWeight(let rule): rule.accumulates ? "dw+" : "dw"
      case .biasBackward: "db"
      case .add(let rule): rule.accumulates ? "add+" : "add"
      default: operation.kind.rule.name
      }
    }
  }

  @Test("Each parameter has one complete gradient of its own shape")
  func completeGradients() throws {
    for seed in 0..<100 {
      var generator = ModelGenerator(seed: seed)
      let graph = try Graph(lowering: generator.model(), batch: 2)
      let training = TrainingGraph(differentiating: graph)
      #expect(training.gradients.count == graph.parameters.count, "seed \(seed)")
      #expect(Set(training.gradients).count == graph.parameters.count, "seed \(seed)")
      for (parameter, gradient) in zip(graph.parameters, training.gradients) {
        #expect(training[gradient].shape == graph[parameter.tensor].shape, "seed \(seed)")
        #expect(training[gradient].role == .parameterGradient, "seed \(seed)")
      }
    }
  }

  @Test("No gradient reaches the batch: the first layer has no gradient of its input")
  func inputGradient() throws {
    let training = try differentiated([.linear(8), .relu, .linear(1)])
    #expect(kinds(training.backward[0]) == ["db", "dw"])
    #expect(kinds(training.backward[2]) == ["db", "dw", "dx"])
    #expect(try differentiated([.relu, .linear(1)]).backward[0].isEmpty)
  }

  @Test(
    "A residual whose input has three readers adds three contributions, the last reader's first")
  func threeReaders() throws {
    // x is read by the inner linear layer, by the inner addition and by the outer one.
    let training = try differentiated([
      .linear(8, name: "x"), .residual([.residual([.linear(8, name: "y"), .relu])]), .linear(1),
    ])
    let backward = training.backward
    #expect(kinds(backward[5]) == ["db", "dw", "dx"])
    // Outer addition: its gradient is the inner sum's and x's. Nothing is computed.
    #expect(backward[4].isEmpty)
    // Inner addition: passes on to relu, and adds to x's, which shares bytes with it: copied first.
    #expect(kinds(backward[3]) == ["copy", "add+"])
    #expect(kinds(backward[2]) == ["relu"])
    #expect(kinds(backward[1]) == ["db", "dw", "dx+"])
    let copy = try #require(backward[3].first)
    let sum = try #require(backward[3].last)
    #expect(sum.inputs == [copy.inputs[0], copy.outputs[0]])
    let last = try #require(backward[1].last)
    #expect(last.inputs.last == sum.outputs[0])
  }

  @Test("A fused residual passes its gradient on without computing anything")
  func fusedResidual() throws {
    let training = try differentiated([.linear(8), .residual([.linear(8)]), .linear(1)])
    // dx+ needs bytes of its own: dy is still what the residual's input gets.
    #expect(kinds(training.backward[1]) == ["db", "dw", "dx", "add+"])
    let sum = try #require(training.backward[1].last)
    #expect(sum.inputs[0] == training.backward[2].last?.outputs[0])
  }

  @Test("An input added to itself gets its gradient twice, once as a copy")
  func doubled() throws {
    let training = try differentiated([.linear(8), .residual([.dropout(0)]), .linear(1)])
    #expect(kinds(training.backward[1]) == ["copy", "add+"])
  }

  @Test("A tied table gets the loss's contribution first and the lookup's in the same bytes")
  func tiedTable() throws {
    let model = ModelSpec.tokens(
      9, context: 4, width: 8, [.norm, .linear(9, bias: false, tiedTo: "tokens")])
    let training = TrainingGraph(differentiating: try Graph(lowering: model, batch: 1))
    let lookup = try #require(training.backward[0].first)
    #expect(lookup.inputs.last == training.loss.outputs[2])
    #expect(lookup.kind.rule.continued == [Continuation(input: 2, output: 0)])
    #expect(training.gradients[0] == lookup.outputs[0])
  }

  @Test("Evaluation's loss computes no gradient")
  func evaluationLoss() throws {
    for seed in 0..<40 {
      var generator = ModelGenerator(seed: seed)
      var graph = try Graph(lowering: generator.model(), batch: 2, training: false)
      #expect(graph.addEvaluationLoss().outputs.count == 1, "seed \(seed)")
    }
  }

  @Test("A value is written before it is read, and once, in every graph and its derivative")
  func singleAssignment() throws {
    for seed in 0..<150 {
      var generator = ModelGenerator(seed: seed)
      let graph = try Graph(lowering: generator.model(), batch: 2)
      let training = TrainingGraph(differentiating: graph)
      var written = Set(
        (graph.parameters + graph.statistics).map(\.tensor) + [graph.input, graph.target]
      )
      .union([graph.paddingMask, graph.tokenTypes].compactMap { $0 })
      let all = graph.operations + [training.loss] + training.backward.reversed().flatMap { $0 }
      for operation in all {
        #expect(written.isSuperset(of: operation.inputs), "seed \(seed): \(operation)")
        for output in operation.outputs {
          #expect(written.insert(output).inserted, "seed \(seed): \(operation)")
        }
      }
    }
  }
}
