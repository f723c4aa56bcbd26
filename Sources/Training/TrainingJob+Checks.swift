import ModelGraph

extension TrainingJob {
  /// Checks the job's numbers, and that the data suits the model.
  func check(_ data: Dataset) throws(TrainingFault) {
    try checkNumbers()
    let graph: Graph
    do throws(ModelFault) { graph = try Graph(lowering: model, batch: 1) } catch {
      throw .model(error)
    }
    for examples in [data.train, data.validation] where examples.count(time: 1) > 0 {
      switch (examples, model.input) {
      case (.tokens(let tokens), .tokens(let input)):
        try check(tokens, input, graph)
      case (.features(_, let width, let classes), .features(let expected)):
        guard width == expected else {
          throw .dataMismatch(.width(data: width, model: expected))
        }
        try check(classes, graph)
      case (.features(_, let width, let classes), .image(let height, let columns, let channels)):
        guard width == height * columns * channels else {
          throw .dataMismatch(.width(data: width, model: height * columns * channels))
        }
        try check(classes, graph)
      case (.tokens, .features), (.tokens, .image): throw .dataMismatch(.tokensForFeatures)
      case (.features, .tokens): throw .dataMismatch(.featuresForTokens)
      }
    }
  }

  private func check(
    _ tokens: [Int32], _ input: TokenInput, _ graph: Graph
  ) throws(TrainingFault) {
    let vocabulary = input.vocabularySize
    if let token = tokens.first(where: { $0 < 0 || Int($0) >= vocabulary }) {
      throw .dataMismatch(.token(Int(token), vocabulary: vocabulary))
    }
    guard graph.targetRows == graph.batch * graph.time else {
      throw .dataMismatch(.targetForEachToken)
    }
    try check(tokens, graph)
  }

  private func check(_ classes: [Int32], _ graph: Graph) throws(TrainingFault) {
    precondition((classes.min() ?? 0) >= 0, "classes count from 0")
    let count = Int(classes.max() ?? 0) + 1
    guard graph.distinguishes(classes: count) else {
      throw .dataMismatch(.classes(data: count, model: graph.outputWidth))
    }
  }

  private func checkNumbers() throws(TrainingFault) {
    let length =
      switch length {
      case .steps(let count), .epochs(let count): count
      }
    let numbers = [
      ("the length", length), ("accumulate", accumulate), ("log_every", logEvery),
      ("evaluate's every", evaluateEvery ?? 1),
    ]
    for (what, value) in numbers where value < 1 {
      throw .model(
        ModelFault(layer: [], path: "", reason: .notPositive(what: what, value: value)))
    }
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

  /// The learning rate of a step, from 1.
  func learningRate(step: Int, of steps: Int) -> Float {
    Float(Double(optimizer.learningRate) * schedule.factor(step: step, of: steps))
  }
}
