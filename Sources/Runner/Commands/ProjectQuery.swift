import Diagnostics
import Experiment
public import Records
import ResultStore

/// A query of a project's store from the command line.
public struct ProjectQuery: Sendable {
  /// What it found.
  public let result: QueryResult

  /// Asks the store of the working directory's project.
  ///
  /// - Parameters:
  ///   - sql: one SELECT over the views.
  ///   - maxRows: the most rows that the result holds.
  ///   - storePath: the store; nil takes the project's.
  /// - Throws: `RunFault.invalid` with the place in the query, or `.store`.
  public init(_ sql: String, maxRows: Int, storePath: String?) throws(RunFault) {
    let stored = try StoredResults(of: ProjectPath(nil).project, path: storePath)
    guard let store = stored.store else { throw .noRecord("this project") }
    do throws(QueryFault) {
      let query = ResultQuery(sql, scope: .project, maxRows: maxRows)
      result = QueryResult(try store.answer(query), isOfProject: true)
    } catch {
      throw .invalid([Self.diagnostic(error, in: sql)])
    }
  }

  private static func diagnostic(_ fault: QueryFault, in sql: String) -> Diagnostic {
    let source = SourceText(name: "query", text: sql)
    let (word, offset) = fault.place
    guard word != nil || offset != nil, !sql.isEmpty else {
      return Diagnostic(
        code: fault.code, message: fault.message, source: "query", notes: fault.notes)
    }
    let place = PlacedText(sql, at: 0..<1).place(of: word, at: offset, in: source)
    return Diagnostic(
      code: fault.code, message: fault.message, in: source, at: place, notes: fault.notes)
  }
}
