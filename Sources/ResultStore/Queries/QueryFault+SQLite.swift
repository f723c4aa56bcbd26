extension QueryFault {
  /// Sorts one of SQLite's messages about a query's text.
  init(message: String, offset: Int?, sql: String, scope: QueryScope) {
    func subject(_ prefix: String) -> String? {
      message.hasPrefix(prefix) ? String(message.dropFirst(prefix.count)) : nil
    }
    if let name = subject("no such table: ") {
      self = .unknownView(name, known: scope.viewNames)
    } else if let name = subject("no such column: ") {
      let column = name.split(separator: ".").last.map(String.init) ?? name
      self = Self.unknownColumn(column, offset: offset, sql: sql, scope: scope)
    } else if let name = subject("no such function: ") {
      self = .unknownFunction(name)
    } else {
      self = .invalid(message: message, offset: offset)
    }
  }

  /// Suggests columns of the views that the query names.
  private static func unknownColumn(
    _ name: String, offset: Int?, sql: String, scope: QueryScope
  ) -> QueryFault {
    let words = Set(
      sql.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
    func columns(_ scope: QueryScope) -> [String] {
      let named = scope.views.filter { words.contains($0.name) }
      var seen: Set<String> = []
      return (named.isEmpty ? scope.views : named).flatMap(\.columns)
        .filter { seen.insert($0).inserted }
    }
    let known = columns(scope)
    return .unknownColumn(
      name, offset: offset, known: known,
      isElsewhere: scope == .notebook && columns(.project).contains(name.lowercased()))
  }
}
