import ModelGraph

extension Fault {
  /// Of cells, values, layers and parameters that a cell names; nil for other faults.
  var referenceMessage: String? {
    switch self {
    case .unknownCell(let id, _, _): "no cell '\(id)'"
    case .wrongKind(let id, let found, let expected):
      "'\(id)' is \(found.article) cell, but \(phrase(expected)) is needed here"
    case .cycle(let ids): "cells refer to each other in a circle: \(ids.joined(separator: " → "))"
    case .baselineNotCompared(let id, _): "the baseline '\(id)' is not among the cells"
    case .unknownValue(let path, let cell, _): "cell '\(cell)' records no value '\(path)'"
    case .unknownColumn(let path, _): "no compared cell records a value '\(path)'"
    case .noValues(let id, let kind): "'\(id)' is \(kind.article) cell, which records no values"
    case .unknownPoint(let id, _): "'\(id)' names no single point of the sweep"
    case .invalidReference(let text): "'\(text)' is no reference to a value"
    case .warmupTooLong(let warmup, let steps):
      "warmup takes \(warmup) of \(steps) steps"
    case .unknownParameters(let name, let model, _):
      "no parameter of '\(model)' is named '\(name)'"
    case .timeoutOf(let kind):
      "'timeout' stops a training between two steps; \(kind.article) cell has none"
    case .noParameters(let model): "model '\(model)' has no parameters to train"
    case .nothingToTrain(let model): "all parameters of '\(model)' are frozen"
    case .promptWithoutText(let data):
      "the tokens of data '\(data)' are no text, so a text can't be continued"
    case .metricOfLoss(let metric, let loss): "the loss '\(loss)' has no \(metric)"
    case .drawsUnknown(let model, let outputs, let tokens):
      "model '\(model)' puts out \(outputs) values, but can only read \(tokens) tokens: what it "
        + "draws may be none of them"
    case .updateInBackward(let key):
      "'\(key)' needs all gradients together, which 'in_backward' never has"
    case .savedTwice(let folder, let cell): "'save: \(folder)' is where '\(cell)' saves too"
    case .savedOverModel(let folder, let model):
      "'save: \(folder)' would replace the folder that '\(model)' is read from"
    case .unknownBlock(let name, let model, _): "no layer of '\(model)' is named '\(name)'"
    case .unknownActivation(let name, let model, _):
      "no operation, layer or value in the blocks of '\(model)' is named '\(name)'"
    case .claim(let fault): fault.message
    default: nil
    }
  }

  /// Of models and data that do not fit each other; nil for other faults.
  var fitMessage: String? {
    switch self {
    case .inputMismatch(let model, let needs, let data, let has):
      "model '\(model)' reads \(needs), but data '\(data)' is \(has)"
    case .vocabularyTooSmall(let model, let has, let data, let needs):
      "model '\(model)' knows \(has) tokens, but data '\(data)' uses \(needs)"
    case .featuresDiffer(let model, let has, let data, let needs):
      "model '\(model)' reads \(has) features, but examples of '\(data)' have \(needs)"
    case .classesDiffer(let model, let has, let data, let needs):
      "model '\(model)' puts out \(has) values, but data '\(data)' has \(needs) classes"
    case .numbersForClasses(let model, let data):
      "data '\(data)' has numbers to predict, but the loss of model '\(model)' compares with classes"
    case .wordsForNumbers(let model, let data):
      "data '\(data)' has words to tell apart, but model '\(model)' predicts one number"
    case .numbersDiffer(let model, let has, let data, let needs):
      "model '\(model)' puts out \(has) values, but data '\(data)' has \(needs) to predict"
    case .tooLittleData(let split, let data, let has, let needs, let batch, let context):
      "the \(split) split of '\(data)' has \(has), fewer than \(needs): "
        + leastData(batch: batch, context: context)
    case .noSplit(let split, let data): "data '\(data)' has no \(split) split"
    case .imagesDiffer(let model, let has, let data, let needs):
      "model '\(model)' reads images \(has), but those of '\(data)' are \(needs)"
    case .contextTooShort(let model, let has, let data, let needs):
      "model '\(model)' reads \(has) tokens at a time, but rows of '\(data)' have \(needs)"
    case .targetsDiffer(let model, let data, true):
      "data '\(data)' has a target for each token, but model '\(model)' puts out one row an example"
    case .targetsDiffer(let model, let data, false):
      "data '\(data)' has one target an example, but model '\(model)' puts out a row for each token"
    case .tokenizersDiffer(let data, let trained):
      "the tokens of '\(data)' are not those of '\(trained)', which the model was trained on"
    case .outputRows(let model, let rows, let data, let needs):
      "model '\(model)' puts out \(rows) rows an example, but data '\(data)' has "
        + (needs == 1 ? "one target for it" : "\(needs) targets for it")
    case .dataFile(let fault): fault.message
    case .misshapedArray(let what, let file, let found, let expected):
      "the \(what) of '\(file)' have the shape \(found), not \(expected)"
    case .fractionalArray(let what, let file): "the \(what) of '\(file)' are no whole numbers"
    default: nil
    }
  }

  /// What the examples of a batch need: tokens where they are windows of a stream.
  private func leastData(batch: Int, context: Int?) -> String {
    guard let context else {
      return batch == 1 ? "an example is needed" : "a batch needs as many"
    }
    return (batch == 1 ? "an example is" : "a batch is \(batch) times")
      + " \(context) tokens and the target of the last one"
  }
}

private func phrase(_ kinds: [DirectiveKind]) -> String {
  let names = kinds.map(\.article)
  guard let last = names.last, names.count > 1 else { return (names.first ?? "another") + " cell" }
  return names.dropLast().joined(separator: ", ") + " or " + last + " cell"
}
