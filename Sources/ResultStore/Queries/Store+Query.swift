import GRDB

extension Store {
  /// Asks all that the store holds.
  ///
  /// - Throws: ``QueryFault``; a store that can't be read is one too.
  public func answer(_ query: ResultQuery) throws(QueryFault) -> QueryAnswer {
    try query.answer { view, add throws(QueryFault) in
      guard let columns = query.scope.views.first(where: { $0.name == view })?.columns else {
        return
      }
      let sql = "SELECT \(columns.joined(separator: ", ")) FROM \(Self.source(of: view))"
      try forEachRow(sql) { row throws(QueryFault) in
        try add(view == "setting" ? Self.typed(row) : row)
      }
    }
  }

  /// A setting with its value as a number where it reads as one.
  private static func typed(_ setting: [QueryValue]) -> [QueryValue] {
    guard case .text(let text)? = setting.last else { return setting }
    return setting.dropLast() + [QueryValue(written: text)]
  }

  /// Hands rows on as they are read, so that they are never all in memory.
  private func forEachRow(
    _ sql: String, _ body: ([QueryValue]) throws(QueryFault) -> Void
  ) throws(QueryFault) {
    let fault: QueryFault?
    do throws(StoreFault) {
      fault = try read { db in
        let cursor = try Row.fetchCursor(db, sql: sql)
        while let row = try cursor.next() {
          do throws(QueryFault) {
            try body((0..<row.count).map { QueryValue(row[$0] as DatabaseValue) })
          } catch {
            return error
          }
        }
        return nil
      }
    } catch {
      throw .noStore(error.message)
    }
    if let fault { throw fault }
  }

  /// Where a view's rows are; what the schema's own views lack is added here.
  private static func source(of view: String) -> String {
    let sweep = "CASE WHEN instr(cell, '[') THEN substr(cell, 1, instr(cell, '[') - 1) END AS sweep"
    return switch view {
    case "cell", "history": "(SELECT *, \(sweep) FROM \(view))"
    case "setting":
      """
      (SELECT cell.notebook, cell.cell, keyPart.name, keyPart.value
      FROM cell JOIN keyPart USING (key) ORDER BY cell.record, keyPart.position)
      """
    case "digest":
      """
      (SELECT cell.notebook, cell.cell, json_each.key AS name, json_each.value FROM cell
      JOIN cellRecord ON cellRecord.id = cell.record, json_each(cellRecord.record, '$.digest'))
      """
    default: view
    }
  }
}

extension QueryValue {
  fileprivate init(_ value: DatabaseValue) {
    self =
      switch value.storage {
      case .int64(let integer): .integer(Int(integer))
      case .double(let number): .real(number)
      case .string(let text): .text(text)
      case .null, .blob: .null
      }
  }
}
