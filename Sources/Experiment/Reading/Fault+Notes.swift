import ModelGraph

extension Fault {
  /// The remedies.
  var notes: [String] {
    switch self {
    case .invalidYAML(let problem): yamlNotes(problem)
    case .manyAliases, .anchor: ["write the value out, or declare a parameter in the front matter"]
    case .tag: ["leave the tag out: types follow from the key"]
    case .duplicateKey(_, let line?): ["it is first written in line \(line)"]
    case .unknownParameter(let name, let known):
      known.isEmpty
        ? ["declare it in the front matter: 'params: {\(name): …}'"]
        : suggestion(name, known, called: "parameters")
    case .unknownOverride(let name, let known):
      known.isEmpty
        ? ["the notebook declares no parameters"] : suggestion(name, known, called: "parameters")
    case .malformedParameter: ["write '${name}', or '$${' for the characters themselves"]
    case .keyIsParameter: ["parameters stand for values"]
    case .invalidParameterName:
      ["names are letters, digits, '_' and '-', beginning with a letter or '_'"]
    case .parameterWithoutValue(let name): ["give it a default, or run with '-P \(name)=…'"]
    case .parameterChoice(_, _, let choices): ["choices: \(choices.joined(separator: ", "))"]
    case .emptyBody(_, let example): ["for example: \(example)"]
    case .lateOption: ["write the '#|' lines first, right below the fence"]
    case .unknownKey(let key, let owner, let known):
      misplacedKeyNote(key, owner: owner) ?? suggestion(key, known, called: "keys")
    case .unknownWord(let word, _, let known): suggestion(word, known, called: "choices")
    case .wrongType("when", _, _): ["name a parameter that is true or false: 'when: ${full}'"]
    case .invalidSize: ["write bytes or a size such as '900 MiB' (B, KB, MB, GB, KiB, MiB, GiB)"]
    case .invalidTime: ["write seconds or a time such as '30 s' (ms, s, min, h)"]
    default: referenceNotes
    }
  }

  private var referenceNotes: [String] {
    switch self {
    case .missingOneOf(let keys, _): ["write one of them: '\(keys.first ?? ""): …'"]
    case .conflictingKeys: ["keep one of them"]
    case .notSeveral(_, let words): ["keep one of them: \(words.joined(separator: ", "))"]
    case .invalidName: ["names are letters, digits, '_' and '-', beginning with a letter"]
    case .headsDoNotDivide(_, let width):
      ["heads that divide \(width): \(divisors(of: width))"]
    case .model(let fault):
      if case .unknownSkip(let name, let layers) = fault.reason, !layers.isEmpty {
        suggestion(name, layers, called: "named layers before this one")
      } else {
        fault.notes
      }
    case .file(let fault): fault.notes
    case .pretrained(_, let problem): problem.notes
    case .unknownCell(let id, let kinds, let known):
      known.isEmpty
        ? ["the notebook has no such cell: \(kinds.map(\.rawValue).joined(separator: ", "))"]
        : suggestion(id, known, called: "cells")
    case .cycle: ["cut the circle: a cell can't need its own result"]
    case .baselineNotCompared(let id, let cells): suggestion(id, cells, called: "cells")
    case .unknownValue(let path, _, let known), .unknownColumn(let path, let known):
      suggestion(path, known, called: "values")
    case .unknownPoint(let id, let known): suggestion(id, known, called: "points")
    case .wrongKind(let id, .sweep, _): ["name one of its points: '\(id)[…]'"]
    case .invalidReference: ["write a cell and a value: 'gpt-sqrt.memory.peak'"]
    case .vocabularyTooSmall(_, _, _, let needs): ["make the model's vocab_size at least \(needs)"]
    case .featuresDiffer(_, _, _, let needs): ["write 'features: \(needs)' in the model"]
    case .classesDiffer(_, _, _, let needs): ["end the model with 'linear: {out: \(needs)}'"]
    case .tokenizersDiffer: ["take the same tokenizer for both"]
    case .outputRows(_, _, _, needs: 1):
      [
        "make one row of them: 'first_token', 'global_avg_pool' or 'flatten' before the last 'linear'"
      ]
    case .wordsForNumbers: ["write 'loss: cross_entropy', with an output for each word"]
    case .numbersForClasses: ["write 'loss: mse' or 'loss: bce' in the model"]
    case .numbersDiffer(_, _, _, let needs): ["end the model with 'linear: {out: \(needs)}'"]
    case .tooLittleData(_, _, _, _, let batch, _):
      batch > 1
        ? ["use more data, a smaller batch, or 'drop_last: false'"]
        : ["use more data, or smaller sizes"]
    case .noSplit(let split, _): ["add 'split: {\(split): 0.1}' to the data"]
    case .imagesDiffer(_, let has, let data, let needs):
      has == Array(needs.dropFirst() + needs.prefix(1))
        ? ["turn '\(data)': nbrun reads height, width, channels; these come with channels first"]
        : ["write 'input: {image: \(needs)}' in the model: height, width, channels"]
    case .contextTooShort(_, _, _, let needs):
      ["make the model's context_length at least \(needs)"]
    case .dataFile(let fault): fault.notes
    case .fractionalArray: ["save them with an integer type"]
    case .warmupTooLong: ["warm up for fewer steps, or train for more"]
    case .unknownBlock(let name, _, let known): suggestion(name, known, called: "layers")
    case .unknownActivation(let name, _, let known):
      suggestion(name, known, called: "values")
    case .unknownParameters(let name, _, let known):
      suggestion(name, known, called: "parameters")
    case .timeoutOf: ["leave the option out"]
    case .noParameters: ["add a layer that has some, such as 'linear: {out: 10}'"]
    case .nothingToTrain: ["leave some out of 'freeze'"]
    case .promptWithoutText: ["write tokens: 'prompt: [1, 2, 3]'"]
    case .drawsUnknown(_, let outputs, let tokens):
      ["end the model with 'linear: {out: \(tokens)}', or begin it with 'vocab_size: \(outputs)'"]
    case .metricOfLoss("perplexity", "cross_entropy"):
      ["it is of the plain mean: leave out label_smoothing and class_weights, or the perplexity"]
    case .metricOfLoss: ["metrics of classes need 'loss: cross_entropy'"]
    case .updateInBackward(let key): ["leave out '\(key)' or 'in_backward'"]
    case .savedTwice: ["give each run a folder of its own"]
    case .savedOverModel: ["save to another folder"]
    case .claim(let fault): fault.notes
    default: []
    }
  }

  private func yamlNotes(_ problem: String) -> [String] {
    if problem.contains("alias") || problem.contains("anchor") {
      return ["'*' and '&' begin aliases in YAML: quote the value"]
    }
    if problem.contains("mapping values are not allowed") {
      return ["quote a value that contains ': '"]
    }
    if problem.contains("character that cannot start any token") {
      return ["indent with spaces, and quote values that begin with '@', '`' or '%'"]
    }
    return []
  }

  private func misplacedKeyNote(_ key: String, owner: String) -> [String]? {
    switch (key, owner) {
    case ("lr", "a train directive"), ("learning_rate", "a train directive"):
      ["the learning rate belongs to the optimizer: 'optimizer: {adamw: {lr: 1e-3}}'"]
    case ("learning_rate", _): ["did you mean 'lr'?"]
    case ("policy", "a train directive"), ("checkpointing", "a train directive"):
      ["did you mean 'checkpoint'?"]
    default: nil
    }
  }

  private func divisors(of width: Int) -> String {
    (1...max(1, min(width, 128))).filter { width % $0 == 0 }.map { "\($0)" }
      .joined(separator: ", ")
  }
}
