import ModelGraph

extension Fault {
  /// The fault in one sentence.
  var message: String {
    switch self {
    case .invalidYAML(let problem): "invalid YAML: \(problem)"
    case .reservedCharacter: "private-use characters U+10F000 to U+10F1FF can't be used here"
    case .manyAliases: "YAML aliases can't be used here"
    case .anchor(let name): "YAML anchors and aliases can't be used here: '&\(name)'"
    case .tag(let tag):
      "YAML tags can't be used here: '\(tag.replacing("tag:yaml.org,2002:", with: "!!"))'"
    case .nestedTooDeep(let limit): "nested deeper than \(limit) levels"
    case .duplicateKey(let name, _): "key '\(name)' is written twice"
    case .keyIsNotText: "a key has to be plain text"
    case .keyIsParameter: "a parameter can't be a key"
    case .unknownParameter(let name, _), .unknownOverride(let name, _):
      "unknown parameter '\(name)'"
    case .malformedParameter: "'${' does not begin a parameter here"
    case .invalidParameterName(let name): "'\(name)' can't name a parameter"
    case .parameterWithoutValue(let name): "parameter '\(name)' has no value"
    case .parameterType(let name, let type, let found):
      "parameter '\(name)' is declared \(type), found \(found)"
    case .parameterChoice(let name, let found, _):
      "parameter '\(name)' can't be \(found)"
    case .emptyBody(let owner, _): "\(owner) without a body"
    case .lateOption(let name):
      "the option '\(name)' is a comment here, below the body's first line"
    default: valueMessage
    }
  }

  private var valueMessage: String {
    switch self {
    case .missingKey(let key, let owner): "missing key '\(key)' in \(owner)"
    case .missingOneOf(let keys, let owner):
      "\(owner) needs \(keys.map { "'\($0)'" }.joined(separator: " or "))"
    case .conflictingKeys(let keys, let owner):
      "\(keys.map { "'\($0)'" }.joined(separator: " and ")) exclude each other in \(owner)"
    case .unknownKey(let key, let owner, _): "unknown key '\(key)' in \(owner)"
    case .unknownWord(let word, let what, _): "unknown \(what) '\(abbreviated(word))'"
    case .wrongType(let what, let expected, let found):
      "\(what) has to be \(expected), found \(found)"
    case .tooSmall(let what, let found, let least): "\(what) has to be \(least), found \(found)"
    case .tooLarge(let what, let found, let greatest):
      "\(what) has to be \(greatest), found \(found)"
    case .notSeveral(let what, let found): "\(what) has to be one choice, found \(found.count)"
    case .invalidSize(let what, let found): "\(what) has to be a size, found '\(found)'"
    case .invalidTime(let what, let found): "\(what) has to be a time, found '\(found)'"
    case .invalidName(let name): "'\(name)' can't name a layer"
    case .emptyList(let what): "\(what) is empty"
    case .repeatedItem(let item, let what): "'\(item)' is twice in \(what)"
    case .tooManyLayers(let limit): "the model has more than \(limit) layers, repeats counted"
    case .headsDoNotDivide(let heads, let width): "\(heads) heads do not divide the width \(width)"
    case .model(let fault):
      fault.path.isEmpty ? fault.message : "layer '\(fault.path)': \(fault.message)"
    case .file(let fault): fault.message
    case .pretrained(let folder, let problem): problem.message(folder: folder)
    default: referenceMessage
    }
  }

  private var referenceMessage: String {
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
    case .numbersDiffer(let model, let has, let data, let needs):
      "model '\(model)' puts out \(has) values, but data '\(data)' has \(needs) to predict"
    case .tooLittleData(let split, let data, let has, let needs, let because):
      "the \(split) split of '\(data)' has \(has), fewer than \(needs): \(because)"
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
    case .warmupTooLong(let warmup, let steps):
      "warmup takes \(warmup) of \(steps) steps"
    case .unknownParameters(let name, let model, _):
      "no parameter of '\(model)' is named '\(name)'"
    case .nothingToTrain(let model): "all parameters of '\(model)' are frozen"
    case .promptWithoutText(let data):
      "the tokens of data '\(data)' are no text, so a text can't be continued"
    case .metricOfLoss(let metric, let loss): "the loss '\(loss)' has no \(metric)"
    case .updateInBackward(let key):
      "'\(key)' needs all gradients together, which 'in_backward' never has"
    case .savedTwice(let folder, let cell): "'save: \(folder)' is where '\(cell)' saves too"
    case .savedOverModel(let folder, let model):
      "'save: \(folder)' would replace the folder that '\(model)' is read from"
    case .unknownBlock(let name, let model, _): "no layer of '\(model)' is named '\(name)'"
    case .unknownActivation(let name, let model, _):
      "no operation, layer or value in the blocks of '\(model)' is named '\(name)'"
    case .claim(let fault): fault.message
    default: ""
    }
  }
}

private func phrase(_ kinds: [DirectiveKind]) -> String {
  let names = kinds.map(\.article)
  guard let last = names.last, names.count > 1 else { return (names.first ?? "another") + " cell" }
  return names.dropLast().joined(separator: ", ") + " or " + last + " cell"
}
