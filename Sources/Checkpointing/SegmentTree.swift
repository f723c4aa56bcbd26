import ModelGraph

/// A graph's forward operations as a tree of segments: what a policy means.
struct SegmentTree: Sendable {
  /// The top level.
  let nodes: [SegmentNode]

  init(policy: CheckpointPolicy, training: TrainingGraph) {
    let graph = training.graph
    var ranges = SegmentRanges(policy: policy, graph: graph).ranges
    // Outermost first, so that a range is met before the ranges inside it.
    ranges.sort { ($0.lowerBound, -$0.upperBound) < ($1.lowerBound, -$1.upperBound) }
    let readers = Self.lastReaders(in: training)
    var rest = ranges[...]
    nodes = Self.nodes(
      covering: graph.operations.indices, ranges: &rest, graph: graph, lastReaders: readers)
  }

  private static func nodes(
    covering operations: Range<Int>, ranges: inout ArraySlice<Range<Int>>, graph: Graph,
    lastReaders: [TensorID: Int]
  ) -> [SegmentNode] {
    var nodes: [SegmentNode] = []
    var position = operations.lowerBound
    while position < operations.upperBound {
      guard let range = ranges.first, range.lowerBound == position,
        range.upperBound <= operations.upperBound
      else {
        if let range = ranges.first, range.lowerBound <= position {
          ranges.removeFirst()
        } else {
          nodes.append(.operation(position))
          position += 1
        }
        continue
      }
      ranges.removeFirst()
      let inner = Self.nodes(
        covering: range, ranges: &ranges, graph: graph, lastReaders: lastReaders)
      nodes.append(
        .segment(segment(range, nodes: inner, graph: graph, lastReaders: lastReaders)))
      position = range.upperBound
    }
    return nodes
  }

  private static func segment(
    _ range: Range<Int>, nodes: [SegmentNode], graph: Graph, lastReaders: [TensorID: Int]
  ) -> Segment {
    let made = Set(graph.operations[range].flatMap(\.outputs))
    let leaving = made.filter { lastReaders[$0, default: -1] >= range.upperBound }
    return Segment(operations: range, nodes: nodes, made: made, leaving: leaving)
  }

  /// The last forward operation that reads each tensor; the loss counts as the one after all.
  private static func lastReaders(in training: TrainingGraph) -> [TensorID: Int] {
    var readers: [TensorID: Int] = [:]
    for (index, operation) in training.graph.operations.enumerated() {
      for input in operation.inputs { readers[input] = index }
    }
    for input in training.loss.inputs { readers[input] = training.graph.operations.count }
    return readers
  }
}
