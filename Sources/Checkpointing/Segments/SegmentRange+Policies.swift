import ModelGraph

extension SegmentRange {
  /// The segments of a policy and of the model's own `checkpoint` layers; nested or crossing.
  ///
  /// - Parameter policy: none that is left to the planner.
  static func ranges(
    of policy: CheckpointPolicy, in training: TrainingGraph, _ facts: ForwardFacts
  ) -> [SegmentRange] {
    let graph = training.graph
    let explicit = graph.layers.flatMap(\.flattened).filter(\.isSegment).map {
      SegmentRange(operations: $0.operations)
    }
    return (explicit + ranges(ofPolicyAlone: policy, training, facts)).filter {
      !$0.operations.isEmpty
    }
  }

  private static func ranges(
    ofPolicyAlone policy: CheckpointPolicy, _ training: TrainingGraph, _ facts: ForwardFacts
  ) -> [SegmentRange] {
    let graph = training.graph
    switch policy {
    case .none, .budget, .minimum: return []
    case .every(let count): return groups(of: graph.blocks, size: count)
    case .sqrt: return groupsByBytes(training, facts)
    case .blocks(let names):
      return named(names, in: graph.layers, inside: "").map { SegmentRange(operations: $0) }
    case .revolve(let slots):
      return Revolve(slots: slots).ranges(of: graph.blocks.map(\.operations))
    case .selective: return blocks(of: training) { $0.kind.rule.isDear }
    case .keep(let names): return blocks(of: training, names, keepsMatches: true)
    case .drop(let names): return blocks(of: training, names, keepsMatches: false)
    }
  }

  // MARK: - Values

  /// Each block as a segment that holds the outputs of some operations.
  private static func blocks(
    of training: TrainingGraph, keeping isKept: (Operation) -> Bool
  ) -> [SegmentRange] {
    training.graph.blocks.map { block in
      let kept = training.graph.operations[block.operations].filter(isKept).flatMap(\.outputs)
      return SegmentRange(operations: block.operations, kept: Set(kept))
    }
  }

  private static func blocks(
    of training: TrainingGraph, _ names: [String], keepsMatches: Bool
  ) -> [SegmentRange] {
    training.graph.blocks.map { block in
      let kept = training.graph.operations[block.operations].flatMap { operation in
        operation.outputs.filter { output in
          let matches = names.contains { name in
            [training[output].name, operation.layer, operation.kind.rule.name].contains {
              name.matches(path: $0)
            }
          }
          return matches == keepsMatches
        }
      }
      return SegmentRange(operations: block.operations, kept: Set(kept))
    }
  }

  // MARK: - Groups of layers

  /// The layers that a name matches.
  ///
  /// An unnamed group has the path of the layer that it is in: it is part of that layer, not a
  /// layer of the same name.
  private static func named(
    _ names: [String], in nodes: [LayerNode], inside parent: String
  ) -> [Range<Int>] {
    nodes.flatMap { node -> [Range<Int>] in
      let isLayer = node.path != parent && names.contains { $0.matches(path: node.path) }
      return (isLayer ? [node.operations] : [])
        + named(names, in: node.children, inside: node.path)
    }
  }

  private static func groups(of blocks: [LayerNode], size: Int) -> [SegmentRange] {
    stride(from: 0, to: blocks.count, by: max(1, size)).map { start in
      let last = min(start + max(1, size), blocks.count) - 1
      return SegmentRange(
        operations: blocks[start].operations.lowerBound..<blocks[last].operations.upperBound)
    }
  }

  /// Blocks are taken into a group until they would keep as much as ⌈√n⌉ of the n blocks do on average.
  ///
  /// Chen et al. 2016, algorithm 3, with that as its budget b: equal blocks make groups of ⌈√n⌉.
  private static func groupsByBytes(
    _ training: TrainingGraph, _ facts: ForwardFacts
  ) -> [SegmentRange] {
    let blocks = training.graph.blocks
    let needed = Set(facts.needs.joined())
    let bytes = blocks.map { block in
      training.graph.operations[block.operations].flatMap(\.outputs).filter(needed.contains)
        .reduce(0) { $0 + training[$1].byteCount }
    }
    let (total, root) = (bytes.reduce(0, +), ceilingOfRoot(blocks.count))
    var (groups, taken) = ([SegmentRange](), 0)
    var start = 0
    for (index, block) in blocks.enumerated() {
      taken += bytes[index]
      guard taken * blocks.count >= total * root || index == blocks.count - 1 else { continue }
      groups.append(
        SegmentRange(
          operations: blocks[start].operations.lowerBound..<block.operations.upperBound))
      (start, taken) = (index + 1, 0)
    }
    return groups
  }

  private static func ceilingOfRoot(_ count: Int) -> Int {
    var root = 1
    while root * root < count { root += 1 }
    return root
  }
}
