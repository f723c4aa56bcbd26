import EngineTestSupport
import ModelGraph
import Testing

@testable import Checkpointing

@Suite("Recomputation")
struct RecomputationTests {
  private func names(
    _ model: ModelSpec, _ policy: CheckpointPolicy, _ phase: ScheduledOperation.Phase = .recompute
  ) throws -> [String] {
    Program(training: try differentiated(model), options: options(policy)).instructions
      .filter { $0.phase == phase }.map(\.layer)
  }

  @Test(
    "The forward pass runs every operation once and in order, whatever the policy",
    arguments: 0..<60)
  func forwardOnce(seed: Int) throws {
    let example = try Case(seed: seed)
    let streams = example.training.graph.operations.map(\.stream)
    for policy in Case.policies {
      let forward = example.program(policy).instructions.filter { $0.phase == .forward }
      #expect(forward.map(\.stream) == streams, "\(policy)")
    }
  }

  @Test(
    "The backward pass and the updates are the same operations under every policy",
    arguments: 0..<60)
  func backwardOnce(seed: Int) throws {
    let example = try Case(seed: seed)
    func rest(_ policy: CheckpointPolicy) -> [OperationKind] {
      example.program(policy).instructions.filter {
        $0.phase == .backward || $0.phase == .optimizer
      }
      .map(\.kind)
    }
    let expected = rest(.none)
    for policy in Case.policies { #expect(rest(policy) == expected, "\(policy)") }
  }

  @Test("Without segments nothing is computed again")
  func nothingAgain() throws { #expect(try names(.smallGPT(), .none).isEmpty) }

  @Test("Whatever is computed again is read afterwards", arguments: 0..<120)
  func nothingInVain(seed: Int) throws {
    let example = try Case(seed: seed)
    for policy in Case.written {
      let tree = SegmentTree(policy: policy, training: example.training)
      let schedule = Schedule(example.training, tree: tree)
      var lastRead: [Int: Int] = [:]
      for (position, operation) in schedule.operations.enumerated() {
        for input in operation.inputs { lastRead[input] = position }
      }
      for (position, operation) in schedule.operations.enumerated()
      where operation.phase == .recompute {
        let isRead = operation.outputs.contains { lastRead[$0, default: -1] > position }
        #expect(isRead, "\(policy): \(operation.label) at \(position) is computed in vain")
      }
    }
  }

  @Test("A block of GPT-2 computes seven of its eight operations again: not the last linear layer")
  func gpt2Block() throws {
    let again = try names(.smallGPT(blocks: 2), .every(1))
    #expect(again.count == 14)
    #expect(
      again.prefix(7) == [
        "block.1.attn.norm", "block.1.attn.attention.qkv", "block.1.attn.attention",
        "block.1.attn.attention.proj", "block.1.mlp.norm", "block.1.mlp.up", "block.1.mlp.gelu",
      ])
  }

  @Test(
    "With dropout at the end of a block, the linear layer and the addition around it stay out too")
  func gpt2BlockWithDropout() throws {
    let again = try names(.smallGPT(blocks: 1, dropout: 0.1), .every(1))
    #expect(
      again == [
        "block.0.attn.norm", "block.0.attn.attention.qkv", "block.0.attn.attention",
        "block.0.attn.attention.proj", "block.0.attn.dropout", "block.0.attn", "block.0.mlp.norm",
        "block.0.mlp.up", "block.0.mlp.gelu",
      ])
  }

  @Test("Segments of two blocks compute the boundary between them again, and not their end")
  func twoBlocks() throws {
    let again = try names(.smallGPT(blocks: 2), .every(2))
    #expect(again.count == 15)
    #expect(again.contains("block.0.mlp.down"))
    #expect(!again.contains("block.1.mlp.down"))
  }

  @Test("A layer norm that ends a segment is computed again for its statistics alone")
  func statistics() throws {
    let model = ModelSpec.features(
      8, loss: .meanSquaredError, [.linear(8), .checkpoint([.norm]), .linear(1)])
    #expect(try names(model, .none) == ["layer_norm"])
    let after = ModelSpec.features(
      8, loss: .meanSquaredError, [.linear(8), .checkpoint([.norm, .linear(8)]), .linear(1)])
    #expect(try names(after, .none) == ["layer_norm"])
  }

  @Test(
    "ReLU needs its result and GELU its input: one is computed again at a segment's end, one not")
  func activations() throws {
    func again(_ layer: LayerSpec) throws -> [String] {
      try names(
        .features(
          8, loss: .meanSquaredError, [.linear(8), .checkpoint([.linear(8), layer]), .linear(1)]),
        .none)
    }
    #expect(try again(.gelu) == ["linear_2"])
    // The ReLU's result leaves the segment, so it is there.
    #expect(try again(.relu) == [])
  }

  @Test("A segment that needs nothing again repeats nothing")
  func nothingNeeded() throws {
    let model = ModelSpec.features(
      8, loss: .meanSquaredError, [.linear(8), .checkpoint([.linear(8)]), .linear(1)])
    #expect(try names(model, .none).isEmpty)
  }

  @Test(
    "An inner segment is computed again within its outer one's recomputation, and then for itself")
  func nestedSegments() throws {
    let inner = LayerSpec.checkpoint([.linear(8, name: "a"), .gelu, .linear(8, name: "b"), .gelu])
    let model = ModelSpec.features(
      8, loss: .meanSquaredError,
      [.linear(8), .checkpoint([inner, .linear(8, name: "c"), .gelu]), .linear(1)])
    // First the outer needs what enters c: a … second GELU. Then the inner one a and b for GELU.
    #expect(
      try names(model, .none) == ["a", "gelu", "b", "gelu_2", "c", "a", "gelu", "b"])
  }

  @Test("The plan counts the operations and the flops of what is computed again", arguments: 0..<60)
  func counts(seed: Int) throws {
    let example = try Case(seed: seed)
    for policy in Case.policies {
      let program = example.program(policy)
      let again = program.instructions.filter { $0.phase == .recompute }
      let others = program.instructions.filter { $0.phase != .recompute }
      #expect(program.memory.recomputedOperations == again.count)
      #expect(program.memory.recomputedFlops == again.reduce(0) { $0 + $1.kind.rule.flops })
      #expect(program.memory.flops == others.reduce(0) { $0 + $1.kind.rule.flops })
    }
  }
}
