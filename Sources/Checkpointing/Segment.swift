import ModelGraph

/// A node of the tree that a policy makes of a graph's forward operations.
enum SegmentNode: Sendable {
  /// An operation whose results the surrounding segment holds while it is differentiated.
  case operation(Int)
  /// Operations that run once in the forward pass and again in the backward pass.
  case segment(Segment)
}

/// A range of forward operations whose inner values are dropped after the forward pass and computed
/// again when the backward pass reaches them.
struct Segment: Sendable {
  /// The forward operations.
  var operations: Range<Int>
  /// The operations and segments inside, in order.
  var nodes: [SegmentNode]
  /// Tensors made inside.
  var made: Set<TensorID>
  /// Tensors made inside that later operations read.
  var leaving: Set<TensorID>
}

/// The ranges that a policy turns into segments; nested or apart, never crossing.
struct SegmentRanges {
  private(set) var ranges: [Range<Int>]

  init(policy: CheckpointPolicy, graph: Graph) {
    var ranges = graph.layers.flatMap(\.flattened).filter(\.isSegment).map(\.operations)
    ranges += Self.ranges(of: policy, graph: graph)
    self.ranges = ranges.filter { !$0.isEmpty }
  }

  private static func ranges(of policy: CheckpointPolicy, graph: Graph) -> [Range<Int>] {
    switch policy {
    case .none: []
    case .every(let count): groups(of: graph.blocks, size: count)
    case .sqrt: groups(of: graph.blocks, size: ceilingOfRoot(graph.blocks.count))
    case .blocks(let names): named(names, in: graph.layers, inside: "")
    }
  }

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

  private static func groups(of blocks: [LayerNode], size: Int) -> [Range<Int>] {
    stride(from: 0, to: blocks.count, by: max(1, size)).map { start in
      let last = min(start + max(1, size), blocks.count) - 1
      return blocks[start].operations.lowerBound..<blocks[last].operations.upperBound
    }
  }

  private static func ceilingOfRoot(_ count: Int) -> Int {
    var root = 1
    while root * root < count { root += 1 }
    return root
  }
}

extension String {
  /// Whether a layer path matches this pattern, in which `*` stands for any text.
  func matches(path: String) -> Bool {
    var rest = Substring(path)
    let parts = split(separator: "*", omittingEmptySubsequences: false)
    guard let first = parts.first, let last = parts.last, parts.count > 1 else {
      return self == path
    }
    guard rest.hasPrefix(first) else { return false }
    rest = rest.dropFirst(first.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let found = rest.firstRange(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return rest.hasSuffix(last)
  }
}

extension Substring {
  /// The first place of a text in this one.
  fileprivate func firstRange(of text: Substring) -> Range<Substring.Index>? {
    var start = startIndex
    while start <= endIndex {
      if self[start...].hasPrefix(text) {
        return start..<index(start, offsetBy: text.count)
      }
      guard start < endIndex else { return nil }
      start = index(after: start)
    }
    return nil
  }
}
