import EngineTestSupport
import ModelGraph
import TestSupport
import Testing

@testable import Checkpointing

@Suite("Plans with measured costs")
struct MeasuredCostTests {
  /// Made-up costs of all forward operations: every one a millisecond, some kinds dear.
  private static func cost(
    _ training: TrainingGraph, dear: String, seconds: Double = 1
  ) -> CostModel {
    var cost = CostModel.standard
    for form in training.graph.forms {
      cost.operations[form.text] = form.kind.rule.name == dear ? seconds : 1e-3
    }
    return cost
  }

  /// The names of the operations that a program computes again.
  private static func repeated(_ program: Program) -> [String] {
    program.instructions.filter { $0.phase == .recompute }.map(\.kind.rule.name)
  }

  private static func program(_ training: TrainingGraph, _ cost: CostModel) -> Program {
    var options = options(.budget(.fraction(0.5)))
    options.cost = cost
    return Program(training: training, options: options)
  }

  @Test(
    "The dearer an operation is by the costs that were measured, the less of it is computed again",
    arguments: ["gelu", "linear", "layer_norm"])
  func dear(name: String) throws {
    let training = try differentiated(.smallGPT(blocks: 6, width: 32, context: 32), batch: 8)
    let names = Set(training.graph.operations.map(\.kind.rule.name))
    #expect(names.contains(name))
    func repetitions(dear: String) -> Int {
      let program = Self.program(training, Self.cost(training, dear: dear))
      return Self.repeated(program).count { $0 == name }
    }
    #expect(repetitions(dear: name) < repetitions(dear: name == "linear" ? "gelu" : "linear"))
  }

  @Test("A plan whose costs lack an operation is made with the speeds alone")
  func incomplete() throws {
    let training = try differentiated(.smallGPT(blocks: 4, dropout: 0.1))
    let standard = CostModel.standard.seconds(ofForward: training.graph)
    var cost = Self.cost(training, dear: "gelu")
    #expect(cost.seconds(ofForward: training.graph) != standard)
    for form in training.graph.forms {
      let seconds = cost.operations.removeValue(forKey: form.text)
      #expect(cost.seconds(ofForward: training.graph) == standard)
      cost.operations[form.text] = seconds
    }
    #expect(
      cost.seconds(ofForward: try Graph(lowering: .smallGPT(blocks: 4), batch: 3)) != standard)
  }

  @Test(
    "Forms of one text are equal, and blocks that are alike have the same ones", arguments: 0..<30)
  func forms(seed: Int) throws {
    let example = try Case(seed: seed)
    let forms = example.training.graph.forms
    #expect(Set(forms.map(\.text)).count == forms.count)
    let few = try Graph(lowering: .smallGPT(blocks: 2), batch: 2).forms
    #expect(try Graph(lowering: .smallGPT(blocks: 9), batch: 2).forms == few)
  }

  @Test("Whatever operations cost, a budget is kept and the same costs give the same plan")
  func arbitrary() throws {
    for seed in 0..<16 {
      var example = try Case(seed: seed)
      var random = RepeatableGenerator(seed: seed)
      for form in example.training.graph.forms {
        example.options.cost.operations[form.text] =
          [1e-9, 1e-6, 1e-3, 1, 1e5].randomElement(using: &random)
      }
      let smallest = example.program(.minimum).reservedBytes
      let all = example.program(.none).reservedBytes
      for budget in [smallest, (smallest + all) / 2, max(smallest, all)] {
        let program = example.program(.budget(.bytes(budget)))
        #expect(program.reservedBytes <= budget, "seed \(seed)")
        #expect(program.memory.peak.total <= program.reservedBytes, "seed \(seed)")
        let again = example.program(.budget(.bytes(budget)))
        #expect(program.instructions == again.instructions, "seed \(seed)")
      }
    }
  }
}
