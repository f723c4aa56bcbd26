extension BodyReader {
  /// The most rows that an output may show.
  static let mostRows = 10_000

  /// A query directive.
  func query(_ node: YAMLNode) -> QueryCell? {
    guard
      let keys = mapping(
        node, DirectiveKind.query.owner, keys: ["sql", "scope", "cells", "max_rows", "format"],
        place: place)
    else { return nil }
    let sql = keys.required("sql").flatMap(placedText)
    let scope = scope(keys)
    let cells = keys["cells"].map { measuredCells($0) } ?? []
    let maxRows = keys.integer("max_rows", 1...Self.mostRows, default: 100) ?? 100
    let formats = keys["format"].map(formats) ?? [:]
    return sql.map {
      QueryCell(sql: $0, scope: scope, cells: cells, maxRows: maxRows, formats: formats)
    }
  }

  /// A statement in another language.
  func placedText(_ node: YAMLNode) -> PlacedText? {
    text(node, "sql").map { PlacedText($0, at: node.range) }
  }

  /// What a query sees: `cells` are those of the notebook.
  func scope(_ keys: KeyedValues) -> QueryCell.Scope {
    let names = QueryCell.Scope.allCases.map(\.rawValue)
    let scope =
      keys["scope"].flatMap { word($0, "scope", among: names) }.flatMap(QueryCell.Scope.init)
      ?? .notebook
    if scope == .project, keys["cells"] != nil {
      note(
        .conflictingKeys(["scope: project", "cells"], owner: keys.owner), at: keys.keyRange("cells")
      )
    }
    return scope
  }

  /// Cells that measured something, each noted as a reference.
  func measuredCells(_ node: YAMLNode) -> [String] {
    let cells = texts(node, "cells")
    for (index, cell) in cells.enumerated() {
      refer(
        to: CellReference(
          id: cell.text, kinds: DirectiveKind.measured, role: "cells.\(index)", range: cell.range))
    }
    return cells.map(\.text)
  }

  /// `{peak: bytes, share: percent}`.
  private func formats(_ node: YAMLNode) -> [String: QueryCell.Format] {
    guard case .mapping(let entries) = node.content else {
      wrongType(node, "format", expected: "a mapping such as '{peak: bytes}'")
      return [:]
    }
    let names = QueryCell.Format.allCases.map(\.rawValue)
    return entries.reduce(into: [:]) { formats, entry in
      formats[entry.name] = word(entry.value, "format of '\(entry.name)'", among: names)
        .flatMap(QueryCell.Format.init)
    }
  }
}
