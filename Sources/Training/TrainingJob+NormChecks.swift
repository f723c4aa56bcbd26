import ModelGraph

extension TrainingJob {
  /// Refuses to train a batch norm with one value a channel, as PyTorch does.
  ///
  /// The engine can: the value less itself is 0, over any deviation. But then nothing of the input is
  /// left, and the running variance, by which the model is evaluated, shrinks towards 0.
  /// - Throws: `TrainingFault.model` with `singleValue`.
  public func checkNorms(for data: Dataset) throws(TrainingFault) {
    do throws(ModelFault) {
      let graph = try Graph(lowering: model, batch: 1)
      let single = graph.operations.first { operation in
        if case .batchNorm(let norm) = operation.kind { norm.shape.rows == 1 } else { false }
      }
      guard let single else { return }
      let examples = data.train.count(time: graph.time)
      let hasSingle = batch == 1 || examples == 1 || (!dropsLast && examples % batch == 1)
      guard hasSingle else { return }
      throw ModelFault(layer: [], path: single.layer, reason: .singleValue)
    } catch {
      throw .model(error)
    }
  }
}
