import Diagnostics
import Experiment
import NotebookSyntax
import Records
import ResultStore

extension CellExecution {
  /// Draws recorded values; what goes wrong is the record's failure.
  func plot(_ body: PlotCell, into record: inout Record) {
    do throws(QueryFault) {
      let table = try table(of: body)
      do throws(PlotFault) {
        record.output = .plot(try PlotSummary(try table.get(), body))
      } catch {
        record.failure = FailureRecord(error)
      }
    } catch {
      record.failure = FailureRecord(
        code: error.code, message: error.message, notes: error.notes)
    }
  }

  private func table(of body: PlotCell) throws(QueryFault) -> Result<PlotTable, PlotFault> {
    switch body.source {
    case .query(let id):
      guard case .query(let result)? = records[id]?.output else {
        return .failure(.tooFewColumns(0))
      }
      return Result { () throws(PlotFault) in try PlotTable(result, body) }
    case .sql(let sql, let scope, let cells):
      let query = ResultQuery(
        sql.text, scope: QueryScope(scope), maxRows: PlotTable.mostRows)
      let result = QueryResult(
        try answer(query, cells: cells), isOfProject: scope == .project)
      return Result { () throws(PlotFault) in try PlotTable(result, body) }
    case .series(let cells, let metrics):
      return .success(
        PlotTable(cells.compactMap { records[$0] }, metrics: metrics.map(\.text)))
    case .values(let cells):
      let plotted = cells.compactMap { id -> PlottedCell? in
        guard let record = records[id], let cell = plan.cell(id) else { return nil }
        return PlottedCell(record: record, settings: cell.keyParts)
      }
      return .success(PlotTable(plotted, body))
    }
  }
}

extension CellBody {
  /// Whether the cell reads the store of all runs.
  var readsProject: Bool {
    switch self {
    case .query(let query): query.scope == .project
    case .plot(let plot): if case .sql(_, .project, _) = plot.source { true } else { false }
    default: false
    }
  }
}

extension OpenNotebook {
  /// What is wrong with plots, found before anything runs.
  var plotFaults: [Diagnostic] {
    plan.cells.flatMap { cell -> [Diagnostic] in
      guard case .plot(let body) = cell.body else { return [] }
      return faults(of: body, in: cell)
    }
  }

  private func faults(of body: PlotCell, in cell: Cell) -> [Diagnostic] {
    switch body.source {
    case .sql(let sql, let scope, _):
      if let fault = fault(in: sql, scope: QueryScope(scope)) { return [fault] }
      return columnFaults(of: body, sql.text, QueryScope(scope), in: cell)
    case .query(let id):
      guard case .query(let query) = plan.cell(id)?.body else { return [] }
      return columnFaults(of: body, query.sql.text, QueryScope(query.scope), in: cell)
    case .series(let cells, let metrics):
      let names = cells.compactMap(plan.cell).flatMap(\.valueNames)
      let known = names.filter { $0.hasSuffix(".last") }.map { String($0.dropLast(5)) }
      return metrics.filter { !known.contains($0.text) }.map { metric in
        diagnostic(.noValue(metric.text, known: known), at: metric.range)
      }
    case .values(let cells): return valueFaults(of: body, cells.compactMap(plan.cell))
    }
  }

  private func columnFaults(
    of body: PlotCell, _ sql: String, _ scope: QueryScope, in cell: Cell
  ) -> [Diagnostic] {
    // A faulty query is reported where it is written.
    guard let columns = try? ResultQuery(sql, scope: scope).check().columns else { return [] }
    let texts = body.y + [body.x, body.series].compactMap(\.self)
    let unknown = texts.filter { !columns.contains($0.text) }
    guard unknown.isEmpty else {
      return unknown.map { diagnostic(.noColumn($0.text, known: columns), at: $0.range) }
    }
    do throws(PlotFault) {
      _ = try PlotColumns(body, of: columns)
      return []
    } catch {
      return [diagnostic(error, at: cell.directive.idRange)]
    }
  }

  private func valueFaults(of body: PlotCell, _ cells: [Cell]) -> [Diagnostic] {
    let known = cells.flatMap(\.valueNames) + cells.flatMap { $0.keyParts.map(\.name) } + ["cell"]
    let texts = body.y + [body.x, body.series].compactMap(\.self)
    return texts.filter { text in
      !known.contains { $0 == text.text || $0.hasSuffix(".\(text.text)") }
    }
    .map { diagnostic(.noValue($0.text, known: known), at: $0.range) }
  }

  private func diagnostic(_ fault: PlotFault, at range: ByteRange) -> Diagnostic {
    Diagnostic(
      code: "invalid-plot", message: fault.message, in: notebook.source, at: range,
      notes: fault.notes)
  }
}
