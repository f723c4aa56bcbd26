import Diagnostics

extension SyntaxFault {
  /// The severity: what only looks like a mistake is a warning.
  var severity: Diagnostic.Severity {
    if case .classWithoutDot = self { .warning } else { .error }
  }

  /// The stable name.
  var code: String {
    switch self {
    case .invalidUTF8: "invalid-utf8"
    case .nestedTooDeep: "nested-too-deep"
    case .unterminatedFrontMatter: "unterminated-front-matter"
    case .attributesWithoutBraces, .unclosedBrace, .unclosedQuote, .textAfterAttributes,
      .strayWord, .emptyAttributeName, .classWithoutDot:
      "malformed-attributes"
    case .repeatedAttribute: "repeated-attribute"
    case .notYAML: "not-yaml"
    case .emptyKind, .unknownKind, .severalKinds: "unknown-class"
    case .missingID: "missing-id"
    case .invalidID, .severalIDs: "invalid-id"
    case .duplicateID: "duplicate-id"
    case .unterminatedDirective: "unterminated-fence"
    case .malformedMarker: "malformed-marker"
    case .nestedRegion: "nested-region"
    case .mismatchedRegion: "mismatched-region"
    case .unterminatedRegion: "unterminated-region"
    case .endWithoutRegion, .orphanRegion: "orphan-region"
    case .duplicateRegion: "duplicate-region"
    case .misplacedRegion: "misplaced-region"
    case .valueWithoutReference, .unterminatedValue, .nestedValue, .endWithoutValue:
      "broken-value"
    }
  }

  /// What is wrong.
  var message: String {
    switch self {
    case .invalidUTF8(let byte):
      "the byte 0x\(String(byte, radix: 16, uppercase: true)) is not valid UTF-8"
    case .nestedTooDeep(let limit): "the line is in more than \(limit) lists and quotes"
    case .unterminatedFrontMatter: "the front matter is not closed"
    case .attributesWithoutBraces: "the directive's class is not in braces"
    case .unclosedBrace: "the attributes are not closed with '}'"
    case .unclosedQuote: "the attribute's value has no closing quote"
    case .textAfterAttributes(let text): "text after the attributes: \(quoted(text))"
    case .strayWord(let word): "\(quoted(word)) is not an attribute"
    case .emptyAttributeName: "an attribute without a name"
    case .repeatedAttribute(let key): "the attribute \(quoted(key)) is given twice"
    case .notYAML(let language):
      language.isEmpty
        ? "a directive's language is missing"
        : "a directive's language is 'yaml', not \(quoted(language))"
    case .classWithoutDot(let word):
      "\(quoted(word)) looks like a directive's class without its dot"
    case .emptyKind: "the class '.nbrun-' names no kind of directive"
    case .unknownKind(let kind): "unknown class \(quoted(".nbrun-" + kind))"
    case .severalKinds(let first, let second):
      "a directive is one kind, not \(quoted(first)) and \(quoted(second))"
    case .missingID(let kind): "a \(kind) directive without an id"
    case .invalidID(let id): id.isEmpty ? "an empty id" : "\(quoted(id)) is not a valid id"
    case .severalIDs(let first, let second):
      "a directive has one id, not \(quoted(first)) and \(quoted(second))"
    case .duplicateID(let id, let line): "the id \(quoted(id)) is already used in line \(line)"
    case .unterminatedDirective: "the directive's fence is not closed"
    default: regionMessage
    }
  }

  private var regionMessage: String {
    switch self {
    case .malformedMarker(let problem): "a broken region marker: \(problem.message)"
    case .nestedRegion(let id, let line, let outer, let outerLine):
      "the region \(quoted(id)) begins in line \(line) before the region \(quoted(outer)) of line "
        + "\(outerLine) ends"
    case .mismatchedRegion(let id, let line, let end, let endLine):
      "the region \(quoted(id)) of line \(line) meets the end of \(quoted(end)) in line \(endLine)"
    case .unterminatedRegion(let id, let line, let lastLine):
      "the region \(quoted(id)) begins in line \(line) and has no end up to line \(lastLine)"
    case .endWithoutRegion(let id, let line):
      "the end of the region \(quoted(id)) in line \(line) has no beginning above it"
    case .orphanRegion(let id, let lines, let directive, let directiveLine):
      "the region \(quoted(id)) in lines \(span(lines)) "
        + (directive.map { "follows the directive '\($0)' of line \(directiveLine)" }
          ?? "does not follow its directive")
    case .duplicateRegion(let id, let firstLine, let lines):
      "the region \(quoted(id)) in lines \(span(lines)) repeats the one in line \(firstLine)"
    case .misplacedRegion(let id, let lines, let directiveLine):
      "the region \(quoted(id)) in lines \(span(lines)) leaves the list item or quote of its directive "
        + "in line \(directiveLine)"
    default: valueMessage
    }
  }

  private var valueMessage: String {
    switch self {
    case .valueWithoutReference: "a value without a reference"
    case .unterminatedValue(let reference):
      "the value \(quoted(reference)) has no '<!-- /nbrun:val -->' on its line"
    case .nestedValue(let inner, let outer):
      "the value \(quoted(inner)) begins inside the value \(quoted(outer))"
    case .endWithoutValue: "the end of a value without its beginning"
    default: ""
    }
  }
}

/// A word of the notebook in quotes, shortened if it is very long.
private func quoted(_ word: String) -> String {
  word.utf8.count <= 80 ? "'\(word)'" : "'\(word.prefix(40))…'"
}

/// Lines as people write them.
func span(_ lines: ClosedRange<Int>) -> String {
  lines.count == 1 ? "\(lines.lowerBound)" : "\(lines.lowerBound)-\(lines.upperBound)"
}

extension SyntaxFault.MarkerProblem {
  /// What is wrong.
  fileprivate var message: String {
    switch self {
    case .kind(let kind): "unknown kind \(quoted("nbrun:" + kind))"
    case .id(let id): id.isEmpty ? "the id is missing" : "\(quoted(id)) is not a valid id"
    case .attribute(let text): "unexpected \(quoted(text))"
    case .unclosed: "it has no '-->' on its line"
    case .textAfter: "there is text after '-->'"
    }
  }
}
