extension RecordDiff {
  /// The causes of differences in memory, a row each.
  var causesTable: Table {
    let columns: [Table.Column] = [
      .text("cell"), .text("change"), .text("what"), .number("A"), .number("B"), .number("Δ"),
      .text("by"),
    ]
    return Table(columns: columns, rows: causes.map(\.cells))
  }
}

extension MemoryCause {
  fileprivate var cells: [Table.Cell] {
    let name = Table.Cell.code(name)
    let difference = after - before
    return [
      .code(cell), .plain(change.rawValue), count > 1 ? .list([name, .plain("×\(count)")]) : name,
      .plain(Self.size(before)), .plain(Self.size(after)),
      .plain("\(difference > 0 ? "+" : "")\(Self.size(difference))"), .plain(reason),
    ]
  }

  private static func size(_ bytes: Int) -> String { bytes == 0 ? "–" : "\(Format.count(bytes)) B" }
}
