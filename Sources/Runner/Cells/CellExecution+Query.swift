import Diagnostics
import Experiment
import NotebookSyntax
import Records
import ResultStore

extension CellExecution {
  /// Asks recorded results; what goes wrong is the record's failure.
  func ask(_ body: QueryCell, into record: inout Record) {
    do throws(QueryFault) {
      let answer = try answer(ResultQuery(body), cells: body.cells)
      record.output = .query(
        QueryResult(answer, formats: body.formats, isOfProject: body.scope == .project))
    } catch {
      record.failure = FailureRecord(
        code: error.code, message: error.message, notes: error.notes)
    }
  }

  /// The answer to a query: from these cells' records, or from the store.
  func answer(_ query: ResultQuery, cells: [String]) throws(QueryFault) -> QueryAnswer {
    guard query.scope == .notebook else { return try askStore(query) }
    let queried = cells.compactMap { id -> QueriedCell? in
      guard let record = records[id], let cell = plan.cell(id) else { return nil }
      let settings = cell.keyParts.map { ResultStore.KeyPart(name: $0.name, value: $0.value) }
      return QueriedCell(notebook: notebook, record: record, settings: settings)
    }
    return try query.answer(from: queried, environment: numerics.environment)
  }
}

extension ResultQuery {
  init(_ body: QueryCell) {
    self.init(body.sql.text, scope: QueryScope(body.scope), maxRows: body.maxRows)
  }
}

extension QueryScope {
  init(_ scope: QueryCell.Scope) {
    self =
      switch scope {
      case .notebook: .notebook
      case .project: .project
      }
  }
}

extension OpenNotebook {
  /// What is wrong with the text of queries, found before anything runs.
  var queryFaults: [Diagnostic] {
    plan.cells.compactMap { cell in
      guard case .query(let body) = cell.body else { return nil }
      return fault(in: body.sql, scope: QueryScope(body.scope))
    }
  }

  func fault(in sql: PlacedText, scope: QueryScope) -> Diagnostic? {
    do throws(QueryFault) {
      try ResultQuery(sql.text, scope: scope).check()
      return nil
    } catch {
      let (word, offset) = error.place
      return Diagnostic(
        code: error.code, message: error.message, in: notebook.source,
        at: sql.place(of: word, at: offset, in: notebook.source), notes: error.notes)
    }
  }
}
