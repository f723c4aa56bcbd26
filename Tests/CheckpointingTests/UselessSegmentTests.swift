import EngineTestSupport
import ModelGraph
import Testing

@testable import Checkpointing

@Suite("Useless segments")
struct UselessSegmentTests {
  @Test(
    "A step without its useless segments has the same peak and repeats less", arguments: 0..<60)
  func peak(seed: Int) throws {
    let example = try Case(seed: seed)
    for policy in [CheckpointPolicy.every(1), .every(2), .blocks(["*"]), .selective] {
      let options = example.options(policy)
      let useless = UselessSegments(example.training, options: options)
      #expect(useless.layers.isEmpty == (useless.recomputedFraction == 0), "\(policy)")
      #expect(useless.recomputedFraction <= example.program(policy).memory.recomputedFraction)
    }
  }

  @Test("Where a step's peak is the update of its weights, every segment is useless")
  func parametersRule() throws {
    let model = ModelSpec.features(
      64, [.repeat(3, [.linear(64), .gelu, .linear(64)], name: "block"), .linear(4)])
    let useless = UselessSegments(
      try differentiated(model, batch: 1), options: options(.every(1)))
    #expect(useless.layers == ["block.0", "block.1", "block.2"])
    #expect(useless.recomputedFraction > 0)
  }

  @Test("Where activations are most of a step, the segments that lower its peak are none of them")
  func activationsRule() throws {
    let training = try differentiated(.smallGPT(blocks: 6, width: 16, context: 64), batch: 16)
    let useless = UselessSegments(training, options: options(.every(1)))
    #expect(useless.layers.count < 6)
    let none = Program(training: training, options: options(.none)).memory.peak.total
    #expect(Program(training: training, options: options(.every(1))).memory.peak.total < none)
  }

  @Test("A plan of the planner's has no useless segment to name, nor has a step without any")
  func none() throws {
    let training = try differentiated(.smallGPT())
    for policy in [CheckpointPolicy.none, .minimum, .budget(.fraction(0.5))] {
      #expect(UselessSegments(training, options: options(policy)).layers.isEmpty)
    }
  }

  @Test("A frozen segment is neither computed again nor named")
  func frozen() throws {
    let model = ModelSpec.features(
      64, [.repeat(3, [.linear(64), .gelu, .linear(64)], name: "block"), .linear(4)])
    let training = TrainingGraph(
      differentiating: try Graph(lowering: model, batch: 1),
      frozen: ["block.0", "block.1"].map(ParameterPattern.init))
    #expect(UselessSegments(training, options: options(.every(1))).layers == ["block.2"])
  }
}
