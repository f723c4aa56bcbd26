import Checkpointing
import ModelGraph
import Records

extension ModelSummary {
  /// Sums up a model for a batch of one.
  ///
  /// - Throws: `ModelFault`.
  init(_ model: ModelSpec) throws(ModelFault) {
    let graph = try Graph(lowering: model, batch: 1)
    let training = TrainingGraph(differentiating: graph)
    let kept = training.neededBytes
    let leaves = graph.leaves
    let parameters = graph.parameterCounts(of: leaves)
    var rows = leaves.map { leaf in
      Row(leaf, graph: graph, parameters: parameters[leaf.path] ?? 0, kept: kept)
    }
    if let head = graph.head { rows.append(Row(head, graph: graph)) }
    let flops = graph.operations.reduce(0) { $0 + $1.kind.rule.flops }
    let headFlops =
      graph.head.map { 2 * graph.targetRows * $0.classes * graph.predictionShape.columns } ?? 0
    self.init(
      layers: Self.folded(rows),
      parameters: graph.parameters.reduce(0) { $0 + graph[$1.tensor].count },
      activationBytes: kept.values.reduce(0, +), flops: flops + headFlops)
  }

  /// Rows that differ in a repeat's number alone become one with a count.
  private static func folded(_ rows: [Row]) -> [Row] {
    var result: [Row] = []
    for row in rows {
      var row = row
      row.layer = row.layer.split(separator: ".").map { Int($0) == nil ? String($0) : "*" }
        .joined(separator: ".")
      if let same = result.firstIndex(where: { $0.isAlike(row) }) {
        result[same].count += 1
      } else {
        result.append(row)
      }
    }
    return result
  }
}

extension ModelSummary.Row {
  fileprivate func isAlike(_ other: Self) -> Bool {
    layer == other.layer && shape == other.shape && parameters == other.parameters
      && activationBytes == other.activationBytes && flops == other.flops
  }

  fileprivate init(_ leaf: LayerNode, graph: Graph, parameters: Int, kept: [TensorID: Int]) {
    let operations = graph.operations[leaf.operations]
    let made = Set(operations.flatMap(\.outputs))
    self.init(
      layer: leaf.path, shape: leaf.shape, count: 1, parameters: parameters,
      activationBytes: made.reduce(0) { $0 + kept[$1, default: 0] },
      flops: operations.reduce(0) { $0 + $1.kind.rule.flops })
  }

  fileprivate init(_ head: Graph.Head, graph: Graph) {
    let own = graph.parameters.filter { graph[$0.tensor].layer == head.layer }
    self.init(
      layer: head.layer,
      shape: graph.predictionShape.extents.dropLast() + [head.classes], count: 1,
      parameters: own.reduce(0) { $0 + graph[$1.tensor].count }, activationBytes: 0,
      flops: 2 * graph.targetRows * head.classes * graph.predictionShape.columns)
  }
}

extension Graph {
  /// Layers without layers inside.
  fileprivate var leaves: [LayerNode] {
    layers.flatMap(\.flattened).filter { $0.children.isEmpty && !$0.operations.isEmpty }
  }

  /// The parameters' elements by the path of the leaf that they belong to, or to a part of.
  fileprivate func parameterCounts(of leaves: [LayerNode]) -> [String: Int] {
    let paths = Set(leaves.map(\.path))
    var counts: [String: Int] = [:]
    for parameter in parameters {
      let descriptor = self[parameter.tensor]
      var path = descriptor.layer[...]
      while !paths.contains(String(path)), let dot = path.lastIndex(of: ".") { path = path[..<dot] }
      counts[String(path), default: 0] += descriptor.count
    }
    return counts
  }
}

extension TrainingGraph {
  /// Forward values that a backward operation or the loss reads, and their sizes.
  fileprivate var neededBytes: [TensorID: Int] {
    var needed: [TensorID: Int] = [:]
    for operation in backward.joined() + [loss] {
      for input in operation.inputs where self[input].role == .activation {
        needed[input] = self[input].byteCount
      }
    }
    return needed
  }
}
