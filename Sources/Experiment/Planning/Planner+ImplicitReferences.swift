import NotebookSyntax

extension Planner {
  /// Lets queries that name no cells see all that come before them in the notebook.
  ///
  /// They become references like written ones, so that the key of the query holds their keys and
  /// the query runs after them.
  mutating func addImplicitReferences() {
    for index in drafts.indices {
      switch drafts[index].body {
      case .query(var query) where query.scope == .notebook && query.cells.isEmpty:
        query.cells = refersToAll(before: index)
        drafts[index].body = .query(query)
      case .plot(var plot):
        guard case .sql(let sql, .notebook, let cells) = plot.source, cells.isEmpty else {
          continue
        }
        plot.source = .sql(sql, .notebook, cells: refersToAll(before: index))
        drafts[index].body = .plot(plot)
      default: continue
      }
    }
  }

  /// Adds references to the measured cells before one, and returns them.
  private mutating func refersToAll(before index: Int) -> [String] {
    let cells = drafts[..<index].filter { DirectiveKind.measured.contains($0.kind) }
      .map(\.id)
    for (position, id) in cells.enumerated() {
      drafts[index].named.append(
        CellReference(
          id: id, kinds: DirectiveKind.measured, role: "cells.\(position)",
          range: drafts[index].directive.idRange))
    }
    drafts[index].takesWhatIsThere = true
    return cells
  }
}
