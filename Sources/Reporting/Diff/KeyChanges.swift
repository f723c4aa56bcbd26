import Records

/// The keys of cells that differ between the sides of a diff: a cell that refers to one of them has
/// another key for that alone.
struct KeyChanges {
  /// The first digits of a key on the first side by those on the second.
  private var before: [Substring: Substring] = [:]

  /// Digits that tell keys apart, of which a written region has no more.
  private static let digits = 8

  init(_ pairs: [CellPair]) {
    for case let (old?, new?) in pairs.map({ ($0.before?.key, $0.after?.key) })
    where old.prefix(Self.digits) != new.prefix(Self.digits) {
      before[new.prefix(Self.digits)] = old.prefix(Self.digits)
    }
  }

  /// The rows, with those that only repeat what another cell's rows say marked as such.
  func marked(_ rows: [RecordDiff.Row]) -> [RecordDiff.Row] {
    rows.map { row in
      guard row.block == .inputs, row.name.hasPrefix("cell "),
        case .text(let old)? = row.before, case .text(let new)? = row.after,
        before[new.prefix(Self.digits)] == old.prefix(Self.digits)
      else { return row }
      var row = row
      row.isConsequence = true
      return row
    }
  }
}
