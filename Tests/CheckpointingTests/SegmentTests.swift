import EngineTestSupport
import ModelGraph
import Testing

@testable import Checkpointing

@Suite("Policies as segments")
struct SegmentTests {
  /// Ten operations: one before, four blocks of two, one after.
  private static let chain = ModelSpec.features(
    8, loss: .meanSquaredError,
    [
      .linear(8, name: "in"), .repeat(4, [.linear(8), .gelu], name: "block"),
      .linear(1, name: "out"),
    ])

  private func segments(_ policy: CheckpointPolicy, _ model: ModelSpec = chain) throws -> [Range<
    Int
  >] {
    func ranges(_ nodes: [SegmentNode]) -> [Range<Int>] {
      nodes.flatMap { node -> [Range<Int>] in
        guard case .segment(let segment) = node else { return [] }
        return [segment.operations] + ranges(segment.nodes)
      }
    }
    return ranges(SegmentTree(policy: policy, training: try differentiated(model)).nodes)
  }

  @Test("Without a policy there is no segment")
  func none() throws { #expect(try segments(.none) == []) }

  @Test("Every k cuts the blocks into segments of k, the last one shorter where k does not divide")
  func every() throws {
    #expect(try segments(.every(1)) == [1..<3, 3..<5, 5..<7, 7..<9])
    #expect(try segments(.every(2)) == [1..<5, 5..<9])
    #expect(try segments(.every(3)) == [1..<7, 7..<9])
    #expect(try segments(.every(100)) == [1..<9])
  }

  @Test("sqrt of equal blocks is every ⌈√n⌉")
  func squareRoot() throws {
    #expect(try segments(.sqrt) == segments(.every(2)))
    func blocks(_ count: Int) throws -> Int {
      let model = ModelSpec.features(
        8, loss: .meanSquaredError, [.linear(8), .repeat(count, [.relu]), .linear(1)])
      return try segments(.sqrt, model).count
    }
    #expect(try [1, 2, 3, 4, 5, 9, 10, 16, 17].map(blocks) == [1, 1, 2, 2, 2, 3, 3, 4, 4])
  }

  @Test("sqrt of unequal blocks cuts by the bytes that they keep, not by their number")
  func squareRootOfBytes() throws {
    let widths = [64, 64, 8, 8, 8, 8, 8, 8, 8]
    let model = ModelSpec.features(
      8, loss: .meanSquaredError, widths.map { .linear($0) } + [.linear(1)])
    // Each layer keeps its output but the last: 184 values of which 4 of 10 layers have 73.6.
    #expect(try segments(.sqrt, model) == [0..<2, 2..<10])
  }

  @Test("Without a repeat the blocks are the top-level layers")
  func topLevelLayers() throws {
    let model = ModelSpec.features(
      8, loss: .meanSquaredError, [.linear(8), .residual([.norm, .linear(8)]), .relu, .linear(1)])
    #expect(try segments(.every(2), model) == [0..<3, 3..<5])
  }

  @Test("Named blocks are segments, matched with * or exactly, also inside blocks")
  func named() throws {
    #expect(try segments(.blocks(["block.1"])) == [3..<5])
    #expect(try segments(.blocks(["block.*.gelu"])) == [2..<3, 4..<5, 6..<7, 8..<9])
    #expect(try segments(.blocks(["block.3", "in"])) == [0..<1, 7..<9])
    #expect(try segments(.blocks(["block.1", "block.1.linear"])) == [3..<5, 3..<4])
    #expect(try segments(.blocks(["nothing"])) == [])
  }

  @Test("A group without a name is no layer of the name around it")
  func unnamedGroups() throws {
    let model = ModelSpec.features(
      8, loss: .meanSquaredError,
      [
        .linear(8),
        .repeat(2, [.residual([.norm, .linear(8)]), .residual([.relu])], name: "block"),
        .linear(1),
      ])
    #expect(try segments(.blocks(["block.1"]), model) == [5..<9])
  }

  @Test("Checkpoint layers are segments under every policy, inside and around the policy's own")
  func nested() throws {
    let model = ModelSpec.features(
      8, loss: .meanSquaredError,
      [
        .linear(8), .repeat(2, [.checkpoint([.linear(8), .gelu]), .linear(8)], name: "block"),
        .checkpoint([.linear(8), .checkpoint([.relu])]), .linear(1),
      ])
    #expect(try segments(.none, model) == [1..<3, 4..<6, 7..<9, 8..<9])
    #expect(try segments(.every(1), model) == [1..<4, 1..<3, 4..<7, 4..<6, 7..<9, 8..<9])
    #expect(try segments(.every(2), model) == [1..<7, 1..<3, 4..<6, 7..<9, 8..<9])
    let around = ModelSpec.features(
      8, loss: .meanSquaredError,
      [.linear(8), .checkpoint([.repeat(4, [.relu], name: "block")]), .linear(1)])
    #expect(try segments(.every(2), around) == [1..<5, 1..<3, 3..<5])
  }

  @Test("Segments nest or lie apart, whatever the model and the policy", arguments: 0..<60)
  func neverCrossing(seed: Int) throws {
    let example = try Case(seed: seed)
    for policy in Case.written {
      func check(_ nodes: [SegmentNode], covering range: Range<Int>) {
        var position = range.lowerBound
        for node in nodes {
          switch node {
          case .operation(let index):
            #expect(index == position)
            position += 1
          case .segment(let segment):
            #expect(segment.operations.lowerBound == position)
            check(segment.nodes, covering: segment.operations)
            position = segment.operations.upperBound
          }
        }
        #expect(position == range.upperBound)
      }
      let tree = SegmentTree(policy: policy, training: example.training)
      check(tree.nodes, covering: example.training.graph.operations.indices)
    }
  }

  @Test("A * stands for any text, dots included, and everything else for itself")
  func globs() {
    let matching = [
      ("block.0", "block.0"), ("*", ""), ("*", "a.b"), ("block.*", "block.12.mlp.up"),
      ("block.*.mlp", "block.3.mlp"), ("block.*.mlp", "block.3.attn.mlp"), ("*norm*", "ln.norm"),
      ("*norm*", "norm"), ("a*b*c", "abbc"), ("a*b*c", "aXbYc"), ("**", "x"), ("*.up", "a.b.up"),
      ("a*a", "aa"),
    ]
    for (pattern, path) in matching { #expect(pattern.matches(path: path), "\(pattern) \(path)") }
    let different = [
      ("block.0", "block.01"), ("block.1", "block.10"), ("", "a"), ("a*a", "a"),
      ("block.*", "block"),
      ("*.mlp", "mlp"), ("a*b*c", "acb"), ("block.?", "block.1"), ("Block.*", "block.1"),
      ("a**b", "a"), ("ab*bc", "abc"),
    ]
    for (pattern, path) in different { #expect(!pattern.matches(path: path), "\(pattern) \(path)") }
  }
}
