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
    default: referenceMessage ?? fitMessage ?? ""
    }
  }
}
