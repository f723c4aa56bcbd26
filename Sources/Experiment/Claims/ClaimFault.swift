/// Why a claim can't be evaluated.
enum ClaimFault: Hashable {
  case unexpected(String, expected: String)
  case unfinished(expected: String)
  case unknownCharacter(String)
  case unknownFunction(String, known: [String])
  case unknownUnit(String, known: [String])
  case argumentCount(String, found: Int, needed: String)
  case numberTooLarge(String)
  case notBoolean
  case needsBoolean(operation: String)
  case needsNumber(operation: String)
  case incomparable(String, String)
  /// A size where a time is needed, say.
  case unitsDiffer(operation: String, String, String)
  case chainedComparison
  case textNotOrdered
  case nestedTooDeep
  case tooLong
  case bareName(String)
  case colon
}

extension ClaimFault {
  var message: String {
    switch self {
    case .unexpected(let found, let expected): "expected \(expected), found '\(found)'"
    case .unfinished(let expected): "the claim ends where \(expected) is expected"
    case .unknownCharacter(let text): "'\(text)' has no meaning in a claim"
    case .unknownFunction(let name, _): "unknown function '\(name)'"
    case .unknownUnit(let name, _): "unknown unit '\(name)'"
    case .argumentCount(let name, let found, let needed):
      "\(name) takes \(needed), found \(found)"
    case .numberTooLarge(let text): "\(text) is too large"
    case .notBoolean: "a claim has to be true or false, this is a value"
    case .needsBoolean(let operation): "\(operation) joins comparisons, not values"
    case .needsNumber(let operation): "'\(operation)' needs numbers, found text"
    case .incomparable(let left, let right): "\(left) can't be compared with \(right)"
    case .unitsDiffer(let operation, let left, let right):
      "'\(operation)' needs values of one unit, found \(left) and \(right)"
    case .chainedComparison: "comparisons can't be chained"
    case .textNotOrdered: "texts can be equal or not, but not less or greater"
    case .nestedTooDeep: "parentheses nested deeper than \(ClaimParser.deepestNesting) levels"
    case .colon: "a claim that contains ': ' has to be quoted"
    case .tooLong: "a claim of more than \(ClaimParser.mostTokens) words"
    case .bareName(let name): "'\(name)' names no value"
    }
  }

  var notes: [String] {
    switch self {
    case .notBoolean: ["compare it: 'gpt.loss.last < 2.5'"]
    case .chainedComparison: ["write 'a < b AND b < c'"]
    case .unknownFunction(let name, let known): suggestion(name, known, called: "functions")
    case .unknownUnit(let name, let known): suggestion(name, known, called: "units")
    case .unitsDiffer: ["memory is in bytes, times are in seconds, all else has no unit"]
    case .colon: ["write '[every=2]' for the row of a plan"]
    case .bareName(let name):
      ["write a cell and a value: '\(name.first?.isLowercase == true ? name : "gpt").memory.peak'"]
    case .unknownCharacter, .unexpected, .unfinished, .argumentCount, .numberTooLarge,
      .needsBoolean, .needsNumber, .incomparable, .textNotOrdered, .nestedTooDeep,
      .tooLong:
      []
    }
  }
}
