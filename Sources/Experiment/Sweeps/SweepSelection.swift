/// Points of a sweep as references name them: `gpt[batch=2]`, any order, axes left out.
struct SweepSelection {
  /// The sweep's identifier.
  let sweep: String
  /// What the points have to have; empty for the whole sweep.
  let conditions: [SweepPoint.Coordinate]

  /// Reads an identifier with coordinates behind it; nil for one without.
  init?(parsing text: String) {
    guard text.hasSuffix("]"), let open = text.firstIndex(of: "[") else { return nil }
    self.init(
      sweep: String(text[..<open]), bracket: String(text[text.index(after: open)...].dropLast()))
  }

  /// Reads the text within brackets; nil where a part of it is no `name=value`.
  init?(sweep: String, bracket: String) {
    var conditions: [SweepPoint.Coordinate] = []
    for part in bracket.split(separator: ",", omittingEmptySubsequences: false) {
      guard let separator = part.firstIndex(where: { $0 == "=" }) else { return nil }
      conditions.append(
        SweepPoint.Coordinate(
          name: String(part[..<separator]).trimming { $0 == " " },
          value: SweepValue.plain(String(part[part.index(after: separator)...]))))
    }
    self.sweep = sweep
    self.conditions = conditions
  }

  /// Whether a point is one of those named.
  func contains(_ point: SweepPoint) -> Bool {
    point.sweep == sweep && conditions.allSatisfy(point.coordinates.contains)
  }
}

extension ValueReference {
  /// The reference with the identifier, among some, of the point that it names in any order of axes.
  public func resolved(among ids: [String]) -> ValueReference {
    resolved { $0.only(among: ids) }
  }
}

/// The identifier, among some, that a name means: itself, or coordinates that only one point has.
public func identifier(named name: String, among ids: [String]) -> String? {
  ids.contains(name) ? name : SweepSelection(parsing: name)?.only(among: ids)
}

extension SweepSelection {
  fileprivate func only(among ids: [String]) -> String? {
    let found = ids.filter { id in
      guard let point = SweepSelection(parsing: id), point.sweep == sweep else { return false }
      return conditions.allSatisfy(point.conditions.contains)
    }
    return found.count == 1 ? found[0] : nil
  }
}

/// How identifiers write the values of a sweep.
enum SweepValue {
  /// A value's text: `sqrt`, `0.001`, `every:2`, `budget:900MiB`; nil for one that can't be written.
  static func text(of node: YAMLNode) -> String? {
    switch node.content {
    case .scalar(let scalar):
      guard scalar.value != .null, scalar.value != .faulty else { return nil }
      return plain(scalar.text)
    case .mapping(let entries):
      let parts = entries.compactMap { entry in
        text(of: entry.value).map { "\(plain(entry.name)):\($0)" }
      }
      return parts.count == entries.count && !parts.isEmpty ? parts.joined(separator: "+") : nil
    case .sequence(let items):
      let parts = items.compactMap(text)
      return parts.count == items.count && !parts.isEmpty ? parts.joined(separator: "+") : nil
    }
  }

  /// A text without what means something in an identifier, in Markdown's comments or in a shell.
  static func plain(_ text: String) -> String {
    let kept = text.filter { $0 != " " && !$0.isNewline }.map { character -> Character in
      let isPlain =
        character.isASCII && (character.isLetter || character.isNumber)
        || "._:+-%*/".contains(character)
      return isPlain ? character : "-"
    }
    return String(kept.prefix(64)).replacing("--", with: "-")
  }
}
