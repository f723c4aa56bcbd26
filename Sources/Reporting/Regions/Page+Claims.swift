import Records

extension Page {
  /// A row a claim; the values of claims about times go to the other page.
  mutating func add(_ claims: [ClaimResult], times: inout Page) {
    var table = Table(columns: [
      .text(.plain(word(.claim))), .text(.plain(word(.values))), .text(.plain(word(.verdict))),
    ])
    var timeTable = Table(columns: [
      .text(.plain(word(.claim))), .text(.plain(word(.values))),
    ])
    for claim in claims {
      let verdict: Table.Cell =
        claim.holds ? .plain(word(.holds)) : .strong(word(.fails))
      let values = Self.list(ValueText.described(claim.values.map(\.value)))
      if claim.values.contains(where: \.value.isVolatile) {
        table.rows.append([.code(claim.claim), .plain(word(.seeTimes)), verdict])
        timeTable.rows.append([.code(claim.claim), values])
      } else {
        table.rows.append([.code(claim.claim), values, verdict])
      }
    }
    add(table)
    times.add(timeTable)
  }

  /// Cells with a dot between them.
  private static func list(_ cells: [Table.Cell]) -> Table.Cell {
    .list(Array(cells.map { [$0] }.joined(separator: ["·"])))
  }
}
