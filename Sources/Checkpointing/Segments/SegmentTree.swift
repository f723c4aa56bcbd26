import ModelGraph

/// A graph's forward operations as a tree of segments: what a policy means.
struct SegmentTree: Sendable {
  /// The top level.
  let nodes: [SegmentNode]

  /// - Parameter ranges: nested or apart; a range that crosses one before it is left out.
  init(_ ranges: [SegmentRange], training: TrainingGraph, facts: ForwardFacts) {
    // Outermost first, so that a range is met before the ranges inside it; the order of equal ones
    // is kept, as the planner means the first to be the outer one.
    let order = ranges.indices.sorted { left, right in
      let (a, b) = (ranges[left].operations, ranges[right].operations)
      return (a.lowerBound, -a.upperBound, left) < (b.lowerBound, -b.upperBound, right)
    }
    var rest = order.map { ranges[$0] }[...]
    nodes = Self.nodes(
      covering: training.graph.operations.indices, ranges: &rest, graph: training.graph,
      facts: facts)
  }

  private static func nodes(
    covering operations: Range<Int>, ranges: inout ArraySlice<SegmentRange>, graph: Graph,
    facts: ForwardFacts
  ) -> [SegmentNode] {
    var nodes: [SegmentNode] = []
    var position = operations.lowerBound
    while position < operations.upperBound {
      guard let range = ranges.first, range.operations.lowerBound == position,
        range.operations.upperBound <= operations.upperBound
      else {
        if let range = ranges.first, range.operations.lowerBound <= position {
          ranges.removeFirst()
        } else {
          nodes.append(.operation(position))
          position += 1
        }
        continue
      }
      ranges.removeFirst()
      let inner = Self.nodes(
        covering: range.operations, ranges: &ranges, graph: graph, facts: facts)
      nodes.append(.segment(segment(range, nodes: inner, graph: graph, facts: facts)))
      position = range.operations.upperBound
    }
    return nodes
  }

  private static func segment(
    _ range: SegmentRange, nodes: [SegmentNode], graph: Graph, facts: ForwardFacts
  ) -> Segment {
    // What an inner segment drops, the outer one can't hold.
    let kept =
      range.kept.isEmpty ? [] : range.kept.subtracting(nodes.flatMap(\.droppedInside))
    var segment = Segment(operations: range.operations, nodes: nodes, kept: kept, dropped: [])
    segment.dropped = graph.operations[range.operations].flatMap(\.outputs).filter {
      !segment.holds($0, facts)
    }
    return segment
  }
}

extension SegmentNode {
  /// Values that the segments of this node drop.
  fileprivate var droppedInside: [TensorID] {
    switch self {
    case .operation: []
    case .segment(let segment): segment.dropped + segment.nodes.flatMap(\.droppedInside)
    }
  }
}
