import ModelGraph

extension TrainingJob {
  /// Checks that the data suits the model.
  ///
  /// - Returns: positions of an example.
  @discardableResult
  func checkFit(of data: Dataset) throws(TrainingFault) -> Int {
    let graph: Graph
    do throws(ModelFault) { graph = try Graph(lowering: model, batch: 1) } catch {
      throw .model(error)
    }
    do throws(TrainingFault.DataMismatch) {
      for split in Split.allCases where data[split].count(time: 1) > 0 {
        try check(data[split], graph)
      }
    } catch {
      throw .dataMismatch(error)
    }
    return graph.time
  }

  private func check(
    _ examples: Examples, _ graph: Graph
  ) throws(TrainingFault.DataMismatch) {
    switch (examples, model.input) {
    case (.tokens(let tokens), .tokens(let input)):
      try check(tokens, below: input.vocabularySize)
      guard graph.targetRows == graph.time else { throw .targetForEachToken }
      try check(.classes(tokens, perExample: graph.time), graph)
    case (.sequences(let rows), .tokens(let input)): try check(rows, input, graph)
    case (.features(let features), .features(let width)):
      guard features.width == width else { throw .width(data: features.width, model: width) }
      try checkCount(of: features.targets, graph)
      try check(features.targets, graph)
    case (.features(let features), .image(let height, let width, let channels)):
      try check(features.shape, image: [height, width, channels])
      try checkCount(of: features.targets, graph)
      try check(features.targets, graph)
    case (.tokens, .features), (.tokens, .image), (.sequences, .features), (.sequences, .image):
      throw .tokensForFeatures
    case (.features, .tokens): throw .featuresForTokens
    }
  }

  private func check(
    _ tokens: [Int32], below vocabulary: Int
  ) throws(TrainingFault.DataMismatch) {
    if let token = tokens.first(where: { $0 < 0 || Int($0) >= vocabulary }) {
      throw .token(Int(token), vocabulary: vocabulary)
    }
  }

  private func check(
    _ rows: SequenceExamples, _ input: TokenInput, _ graph: Graph
  ) throws(TrainingFault.DataMismatch) {
    try check(rows.tokens, below: input.vocabularySize)
    guard rows.length <= graph.time else {
      throw .length(data: rows.length, context: graph.time)
    }
    let types = input.typeCount ?? 0
    if let type = rows.types.first(where: { $0 < 0 || Int($0) >= types }) {
      throw .tokenType(Int(type), types: types)
    }
    let isPadded = rows.isPadded || rows.length < graph.time
    if isPadded, !input.isPadded, graph.seesLaterPositions { throw .paddingWithoutMask }
    if case .classes(_, let each) = rows.targets {
      let outputs = graph.targetRows
      if outputs == 1, each > 1 { throw .targetForEachToken }
      // Rows that are shorter than the context are filled up with targets that don't count.
      guard outputs == 1 || (outputs == graph.time && each == rows.length) else {
        throw .targetCount(data: each, model: outputs)
      }
    }
    try check(rows.targets, graph)
  }

  /// Vectors of as many numbers serve as images; images of other extents don't.
  private func check(
    _ shape: [Int], image: [Int]
  ) throws(TrainingFault.DataMismatch) {
    let count = image.reduce(1, *)
    if shape.count == 1, shape != [count] { throw .width(data: shape[0], model: count) }
    guard shape.count == 1 || shape == image else { throw .shape(data: shape, model: image) }
  }

  /// Each row of the output is compared with a class of its own.
  private func checkCount(
    of targets: Targets, _ graph: Graph
  ) throws(TrainingFault.DataMismatch) {
    guard case .classes(_, let each) = targets, each != graph.targetRows else { return }
    throw .targetCount(data: each, model: graph.targetRows)
  }

  private func check(_ targets: Targets, _ graph: Graph) throws(TrainingFault.DataMismatch) {
    switch targets {
    case .classes(let classes, _):
      let counted = classes.filter { $0 != Targets.uncounted && $0 != model.loss.ignoredIndex }
      if let least = counted.min(), least < 0 {
        throw .negativeClass(Int(least), ignored: model.loss.ignoredIndex.map { Int($0) })
      }
      if !model.loss.comparesClasses, counted.count < classes.count { throw .uncountedTargets }
      let count = Int(counted.max() ?? 0) + 1
      if let most = graph.distinguishedClasses, most < count {
        throw .classes(data: count, model: most)
      }
    case .values(_, let each):
      guard !model.loss.comparesClasses else { throw .valuesForClasses }
      let outputs = graph.targetRows * graph.outputWidth
      guard each == outputs else { throw .valueCount(data: each, model: outputs) }
    }
  }
}

extension Graph {
  /// Whether a position's value depends on later ones.
  fileprivate var seesLaterPositions: Bool {
    operations.contains { operation in
      if case .attention(let attention) = operation.kind { !attention.causal } else { false }
    }
  }
}
