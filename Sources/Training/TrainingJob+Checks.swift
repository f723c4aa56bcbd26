import ModelGraph

extension TrainingJob {
  /// Checks that counts are positive, and that what is asked for goes together.
  func checkNumbers() throws(TrainingFault) {
    try checkUpdates()
    let length =
      switch length {
      case .steps(let count), .epochs(let count): count
      }
    let numbers = [
      ("the length", length), ("the batch", batch), ("accumulate", accumulate),
      ("log_every", logEvery),
      ("evaluate's every", evaluateEvery ?? 1),
    ]
    for (what, value) in numbers where value < 1 {
      throw .model(
        ModelFault(layer: [], path: "", reason: .notPositive(what: what, value: value)))
    }
  }

  /// Updates within the backward pass need each gradient complete by itself.
  private func checkUpdates() throws(TrainingFault) {
    guard optimizer.updatesInBackward else { return }
    if clipNorm != nil { throw .updateInBackward(with: "clip_norm") }
    if accumulate > 1 { throw .updateInBackward(with: "accumulate") }
  }

  /// Optimizer steps of the run.
  func stepCount(batchesPerEpoch: Int) -> Int {
    switch length {
    case .steps(let steps): steps
    // More batches than an Int counts are never reached.
    case .epochs(let epochs):
      max(1, min(epochs, .max / batchesPerEpoch) * batchesPerEpoch / accumulate)
    }
  }

  /// The order of the training split's batches.
  func order(of data: Dataset, time: Int) throws(TrainingFault) -> BatchOrder {
    let (examples, needed) = (data.train.count(time: time), dropsLast ? batch : 1)
    guard examples >= needed else {
      throw .tooFewExamples(have: examples, need: needed, split: "train")
    }
    return BatchOrder(examples: examples, batch: batch, dropsLast: dropsLast, seed: seed)
  }

  /// The learning rate of a step, from 1.
  func learningRate(step: Int, of steps: Int) -> Float {
    Float(Double(optimizer.learningRate) * schedule.factor(step: step, of: steps))
  }
}
