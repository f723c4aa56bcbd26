extension GradientBuilder {
  /// The loss operation of a graph, with its gradients as further outputs.
  mutating func loss(of graph: Graph, value: TensorID) -> Operation {
    if let head = graph.head { return fusedLoss(of: graph, head: head, value: value) }
    var operation = graph.lossOperation(value: value, training: true)
    operation.outputs.append(target(for: graph.prediction).result)
    return operation
  }

  /// The loss of a head whose logits never exist: of its three gradients those that are needed.
  private mutating func fusedLoss(
    of graph: Graph, head: Graph.Head, value: TensorID
  ) -> Operation {
    var operation = graph.lossOperation(value: value, training: true)
    guard case .linearCrossEntropy(var rule) = operation.kind else { return operation }
    rule.needs = LinearCrossEntropy.Needs(
      input: needsGradient(graph.prediction), weight: needsGradient(head.weight),
      bias: head.bias.map { needsGradient($0) } ?? false)
    operation.kind = .linearCrossEntropy(rule)
    let parameters = [head.weight] + (head.bias.map { [$0] } ?? [])
    for tensor in [graph.prediction] + parameters where needsGradient(tensor) {
      operation.outputs.append(target(for: tensor).result)
    }
    return operation
  }
}

extension Graph {
  /// The loss without gradients, for evaluation: the same bits as in training.
  ///
  /// - Parameter hits: the k's for which targets among the k most likely are counted.
  public mutating func addEvaluationLoss(hits: [Int] = []) -> Operation {
    tensors.append(TensorDescriptor(name: "loss", layer: "", shape: [1], role: .result))
    return lossOperation(value: TensorID(tensors.count - 1), training: false, hits: hits)
  }

  /// The loss, without outputs for gradients.
  fileprivate func lossOperation(
    value: TensorID, training: Bool, hits: [Int] = []
  ) -> Operation {
    let width = self[prediction].count / max(1, targetRows)
    let kind: OperationKind
    switch loss {
    case .crossEntropy(let comparison):
      if let head {
        return fusedLoss(
          LinearCrossEntropy(
            rows: targetRows, width: width, classes: head.classes, hasBias: head.bias != nil,
            training: training, comparison: comparison, hits: hits),
          head: head, value: value)
      }
      kind = .softmaxCrossEntropy(
        SoftmaxCrossEntropy(
          rows: targetRows, classes: width, training: training, comparison: comparison, hits: hits))
    case .binaryCrossEntropy(let weights):
      kind = .binaryCrossEntropy(
        BinaryCrossEntropy(
          rows: targetRows, width: width,
          positiveWeights: weights.count == 1
            ? Array(repeating: weights[0], count: width) : weights,
          training: training, countsHits: !hits.isEmpty))
    case .meanSquaredError:
      kind = .meanSquaredError(
        MeanSquaredError(count: self[prediction].count, width: width, training: training))
    }
    return Operation(kind: kind, inputs: [prediction, target], outputs: [value], layer: "loss")
  }

  private func fusedLoss(_ rule: LinearCrossEntropy, head: Head, value: TensorID) -> Operation {
    Operation(
      kind: .linearCrossEntropy(rule),
      inputs: [prediction, target, head.weight] + (head.bias.map { [$0] } ?? []),
      outputs: [value], layer: head.layer)
  }
}
