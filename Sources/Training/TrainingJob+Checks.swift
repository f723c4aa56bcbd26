import ModelGraph

extension TrainingJob {
  /// Checks that the data suits the model.
  func check(_ data: Dataset) throws(TrainingFault) {
    for examples in [data.train, data.validation] {
      switch (examples, model.input) {
      case (.tokens(let tokens), .tokens(let vocabulary, _)):
        if let token = tokens.first(where: { $0 < 0 || Int($0) >= vocabulary }) {
          throw .dataMismatch(.token(Int(token), vocabulary: vocabulary))
        }
      case (.features(_, let width, let classes), .features(let expected)):
        guard width == expected else {
          throw .dataMismatch(.width(data: width, model: expected))
        }
        try check(classes: classes)
      case (.tokens, .features): throw .dataMismatch(.tokensForFeatures)
      case (.features, .tokens): throw .dataMismatch(.featuresForTokens)
      }
    }
  }

  private func check(classes: [Int32]) throws(TrainingFault) {
    guard case .linear(let last) = model.layers.last?.kind else { return }
    let most = Int(classes.max() ?? 0)
    if most >= last.outFeatures, loss == .crossEntropy || last.outFeatures > 1 {
      throw .dataMismatch(.classes(data: most + 1, model: last.outFeatures))
    }
  }

  private var loss: LossKind { model.loss }

  /// Optimizer steps of the run.
  func stepCount(batchesPerEpoch: Int) -> Int {
    switch length {
    case .steps(let steps): steps
    case .epochs(let epochs): max(1, epochs * batchesPerEpoch / accumulate)
    }
  }

  /// The learning rate of a step, from 1.
  func learningRate(step: Int, of steps: Int) -> Float {
    Float(Double(optimizer.learningRate) * schedule.factor(step: step, of: steps))
  }
}
