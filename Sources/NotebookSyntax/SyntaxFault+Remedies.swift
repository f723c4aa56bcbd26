import Diagnostics

extension SyntaxFault {
  /// What to do about it.
  var notes: [String] {
    switch self {
    case .invalidUTF8: ["save the notebook as UTF-8"]
    case .nestedTooDeep: ["nest less"]
    case .unterminatedFrontMatter:
      ["end it with a line '---', or leave a blank line after a thematic break"]
    case .attributesWithoutBraces, .unclosedBrace, .textAfterAttributes: [Self.form]
    case .unclosedQuote: ["write key=\"two words\""]
    case .strayWord(let word):
      [word.hasPrefix("nbrun-") ? "did you mean '.\(word)'?" : "write #id, .class or key=value"]
    case .emptyAttributeName: ["write #id, .class or key=value"]
    case .repeatedAttribute: ["keep one of them"]
    case .notYAML: [Self.form]
    case .classWithoutDot(let word): ["did you mean '.\(word)'?"]
    case .emptyKind: [Self.kinds]
    case .unknownKind(let kind): suggestion(for: kind) + [Self.kinds]
    case .severalKinds: ["make a directive of each"]
    case .missingID(let kind): ["add one: {.nbrun-\(kind) #my-\(kind)}"]
    case .invalidID(let id): idNotes(id)
    case .severalIDs: ["keep one of them"]
    case .duplicateID: ["give each directive an id of its own"]
    case .unterminatedDirective(let fence): ["end it with a line '\(fence)'"]
    default: regionNotes
    }
  }

  private var regionNotes: [String] {
    switch self {
    case .malformedMarker:
      ["markers look like <!-- #region nbrun:out ID --> and <!-- #endregion nbrun:out ID -->"]
    case .nestedRegion(_, _, let outer, _), .unterminatedRegion(let outer, _, _):
      ["close it with <!-- #endregion nbrun:out \(outer) -->, or remove what is left of it"]
    case .mismatchedRegion: ["give both markers the same name, or remove what is left of them"]
    case .endWithoutRegion: ["remove it, or restore the marker that begins the region"]
    case .orphanRegion(let id, let lines, let directive, _):
      [
        directive.map { "if '\(id)' was renamed, give the region's markers the id '\($0)'" }
          ?? "a region stands directly below the directive whose id it has",
        "otherwise remove lines \(span(lines)); nbrun writes regions anew",
      ]
    case .duplicateRegion(_, _, let lines), .misplacedRegion(_, let lines, _):
      ["remove lines \(span(lines)); nbrun writes regions anew"]
    default: ["write <!-- nbrun:val cell.value --><!-- /nbrun:val --> on one line"]
    }
  }

  private static let form = "a directive begins with: ```yaml {.nbrun-train #my-run}"

  private static let kinds =
    "the classes are: " + Directive.knownKinds.map { ".nbrun-\($0)" }.joined(separator: ", ")

  private func suggestion(for kind: String) -> [String] {
    nearestWord(to: kind, in: Directive.knownKinds).map { ["did you mean '.nbrun-\($0)'?"] } ?? []
  }

  private func idNotes(_ id: String) -> [String] {
    let rule = "ids are lower-case letters, digits and '-', and begin with a letter"
    let valid = Identifier.nearest(to: id)
    return valid.isEmpty || valid.utf8.count > 80 ? [rule] : ["did you mean '#\(valid)'?", rule]
  }
}
