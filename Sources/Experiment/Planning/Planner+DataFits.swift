import DataFiles
import Diagnostics
import ModelGraph

extension Planner {
  /// Checks that a model can read data, and has an output for each target.
  mutating func checkFit(
    _ modelName: String, _ model: ModelSpec, _ dataName: String, _ data: DataSpec,
    at range: ByteRange
  ) {
    if let fault = inputFault(modelName, model, dataName, data) {
      note(fault, range)
    } else if let fault = targetFault(modelName, model, dataName, data) {
      note(fault, range)
    }
  }

  private func inputFault(
    _ modelName: String, _ model: ModelSpec, _ dataName: String, _ data: DataSpec
  ) -> Fault? {
    switch (model.input, data.form) {
    case (.tokens(let input), .stream(let needs)):
      return vocabularyFault(modelName, input, dataName, needs)
    case (.tokens(let input), .rows(let length, let needs, _)):
      let has = input.contextLength
      guard length <= has else {
        return .contextTooShort(model: modelName, has: has, data: dataName, needs: length)
      }
      return vocabularyFault(modelName, input, dataName, needs)
    case (.features(let has), .features(let shape)):
      guard let needs = shape?.reduce(1, *), needs != has else { return nil }
      return .featuresDiffer(model: modelName, has: has, data: dataName, needs: needs)
    case (.image(let height, let width, let channels), .features(let shape)):
      guard let shape, shape != [height, width, channels] else { return nil }
      let has = [height, width, channels]
      let (count, needs) = (has.reduce(1, *), shape.reduce(1, *))
      if shape.count == 1, count == needs { return nil }
      return shape.count == 1
        ? .featuresDiffer(model: modelName, has: count, data: dataName, needs: needs)
        : .imagesDiffer(model: modelName, has: has, data: dataName, needs: shape)
    case (.features, _), (.image, _):
      return .inputMismatch(
        model: modelName, needs: "features", data: dataName, has: "a sequence of tokens")
    case (.tokens, .features):
      return .inputMismatch(
        model: modelName, needs: "tokens", data: dataName, has: "vectors of features")
    }
  }

  private func vocabularyFault(
    _ modelName: String, _ input: TokenInput, _ dataName: String, _ needs: Int?
  ) -> Fault? {
    guard let needs, needs > input.vocabularySize else { return nil }
    return .vocabularyTooSmall(
      model: modelName, has: input.vocabularySize, data: dataName, needs: needs)
  }

  private mutating func targetFault(
    _ modelName: String, _ model: ModelSpec, _ dataName: String, _ data: DataSpec
  ) -> Fault? {
    guard let graph = graph(of: modelName) else { return nil }
    let width = graph.outputWidth
    if let needs = data.predictedNumbers {
      return numberFault(modelName, model, dataName, needs, graph)
    }
    switch data.form {
    case .stream(let needs), .rows(_, let needs, true):
      if graph.targetRows == 1, graph.time > 1 {
        return .targetsDiffer(model: modelName, data: dataName, isPerToken: true)
      }
      guard graph.targetRows == graph.time else {
        return .outputRows(
          model: modelName, rows: graph.targetRows, data: dataName, needs: graph.time)
      }
      // How many labels there are, only the data tells.
      return data.hasLabels ? nil : nextTokenFault(modelName, model, dataName, needs, graph)
    case .rows(_, _, false):
      guard graph.targetRows > 1 else { return nil }
      return graph.targetRows == graph.time
        ? .targetsDiffer(model: modelName, data: dataName, isPerToken: false)
        : .outputRows(model: modelName, rows: graph.targetRows, data: dataName, needs: 1)
    case .features:
      guard graph.targetRows == 1 else {
        return .outputRows(model: modelName, rows: graph.targetRows, data: dataName, needs: 1)
      }
      if data.hasWordsAsTargets, model.loss == .meanSquaredError, width == 1 {
        return .wordsForNumbers(model: modelName, data: dataName)
      }
      guard let classes = data.classes, let most = graph.distinguishedClasses, most < classes
      else { return nil }
      return .classesDiffer(model: modelName, has: width, data: dataName, needs: classes)
    }
  }

  /// Where the targets are numbers, each needs an output that is no class's.
  private func numberFault(
    _ modelName: String, _ model: ModelSpec, _ dataName: String, _ needs: Int, _ graph: Graph
  ) -> Fault? {
    guard !model.loss.comparesClasses else {
      return .numbersForClasses(model: modelName, data: dataName)
    }
    let has = graph.targetRows * graph.outputWidth
    return has == needs
      ? nil : .numbersDiffer(model: modelName, has: has, data: dataName, needs: needs)
  }

  /// Where the targets are the next tokens, each token needs an output.
  private func nextTokenFault(
    _ modelName: String, _ model: ModelSpec, _ dataName: String, _ needs: Int?, _ graph: Graph
  ) -> Fault? {
    let width = graph.outputWidth
    guard let needs, width < needs, model.loss.comparesClasses || width > 1 else { return nil }
    return .classesDiffer(model: modelName, has: width, data: dataName, needs: needs)
  }

  /// Checks that the splits that a run reads exist and hold an example at least, or a batch where
  /// smaller ones are left out.
  mutating func checkSplits(
    _ train: TrainCell, _ model: ModelSpec?, _ data: DataSpec, at range: ByteRange
  ) {
    checkSplit(
      .train, of: train.data, data, model, batch: train.dropLast ? train.batch : 1, at: range)
    guard let split = train.evaluation?.split, split != .train else { return }
    checkSplit(split, of: train.data, data, model, at: range)
  }

  /// Checks that a split exists and holds a batch of examples: of a stream a context for each, and
  /// one target more.
  mutating func checkSplit(
    _ split: TrainCell.Split, of name: String, _ data: DataSpec, _ model: ModelSpec?,
    batch: Int = 1, at range: ByteRange
  ) {
    guard data.splitNames.contains(split.rawValue) else {
      note(.noSplit(split.rawValue, data: name), range)
      return
    }
    var context: Int?
    if case .tokens(let input) = model?.input, case .stream = data.form {
      context = input.contextLength
    }
    guard let count = data.count(of: split) else { return }
    // Where there is not even one example, no smaller batch helps.
    for batch in [1, batch] {
      let (tokens, isHuge) = batch.multipliedReportingOverflow(by: context ?? 1)
      let needs = isHuge ? .max : tokens + (context == nil ? 0 : 1)
      guard count < needs else { continue }
      note(
        .tooLittleData(
          split: split.rawValue, data: name, has: count, needs: needs, batch: batch,
          context: context), range)
      return
    }
  }
}

extension DataSpec {
  /// Whether the targets are words, of which no one is larger than another.
  fileprivate var hasWordsAsTargets: Bool {
    guard case .table(let table) = source else { return false }
    return table.targetColumn?.kind == .category
  }

  /// Tokens or examples of a split; nil where only the data tells.
  fileprivate func count(of split: TrainCell.Split) -> Int? {
    let counts = count.map(self.split.counts)
    return switch split {
    case .train: counts?.train
    case .validation: counts?.validation
    case .test: ownTestCount ?? counts?.test
    }
  }
}
