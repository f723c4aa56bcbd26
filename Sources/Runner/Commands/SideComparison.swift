import Diagnostics
import Records
import Reporting

/// Two sides brought to the same precision.
struct SideComparison {
  let before: [CellSnapshot]
  let after: [CellSnapshot]
  let warnings: [Diagnostic]
  private let old: DiffSide
  private let new: DiffSide
  private let prefix: String

  init(_ old: DiffSide, _ new: DiffSide, prefix: String) {
    (self.old, self.new, self.prefix) = (old, new, prefix)
    let written = (old.cells + new.cells).filter(\.isRead)
    let ids = Set(written.map(\.id))
    // A cell that was renamed is found by its key.
    let keys = Set(written.compactMap { $0.key?.prefix(8) })
    func snapshot(_ cell: DiffCell) -> CellSnapshot {
      let isWritten = ids.contains(cell.id) || cell.key.map { keys.contains($0.prefix(8)) } ?? false
      var snapshot = cell.snapshot(asWritten: isWritten)
      snapshot.id = prefix + cell.id
      return snapshot
    }
    before = old.cells.map(snapshot)
    after = new.cells.map(snapshot)
    warnings = [old, new].flatMap { side in
      [Self.planFault(side), Self.warning(side), Self.removal(side)].compactMap(\.self)
    }
  }

  /// The sides whose inputs are not known.
  var unplanned: [String] { [old, new].filter(\.lacksInputs).map(\.name) }

  /// Why cells differ in memory where they do.
  func causes(of diff: RecordDiff) -> [MemoryCause] {
    var seen: Set<String> = []
    var steps = CompiledSteps()
    let places = (old: old.places, new: new.places)
    let cells = diff.rows(in: .memory).filter(\.isDifference).map(\.cell)
    return cells.filter { seen.insert($0).inserted }.flatMap { name -> [MemoryCause] in
      let ids = name.split(separator: " → ").map { String($0.trimmingPrefix(prefix)) }
      guard let first = ids.first.flatMap({ places.old[$0] }),
        let last = ids.last.flatMap({ places.new[$0] })
      else { return [] }
      let before = old.cells[first].footprints(&steps)
      let after = new.cells[last].footprints(&steps)
      return after.keys.sorted().flatMap { policy -> [MemoryCause] in
        guard let old = before[policy], let new = after[policy] else { return [] }
        let cell = policy.isEmpty ? name : "\(name) \(policy)"
        return MemoryCause.causes(of: cell, from: old, to: new)
      }
    }
  }

  private static func planFault(_ side: DiffSide) -> Diagnostic? {
    guard let fault = side.planFault else { return nil }
    let place = fault.position.map { "line \($0.line): " } ?? ""
    return Diagnostic(
      code: "not-planned", severity: side.lacksInputs ? .error : .warning,
      message: "can't be planned, so only its outputs are compared: \(place)\(fault.message)",
      source: side.name, notes: fault.notes)
  }

  private static func removal(_ side: DiffSide) -> Diagnostic? {
    guard side.removedCount > 0 else { return nil }
    return Diagnostic(
      code: "removed-records", severity: .warning,
      message: "\(side.removedCount) of its records were removed: their cells are not compared",
      source: side.name)
  }

  private static func warning(_ side: DiffSide) -> Diagnostic? {
    let cells = side.cells.filter(\.isRead).map(\.id)
    guard !cells.isEmpty else { return nil }
    return Diagnostic(
      code: "read-from-text", severity: .warning,
      message: "values are read from the text, with the digits printed there, of: "
        + cells.joined(separator: ", "), source: side.name,
      notes: ["the store has no record that they were written from"])
  }
}

extension DiffSide {
  /// The places of the cells by their identifiers.
  fileprivate var places: [String: Int] {
    Dictionary(cells.enumerated().map { ($1.id, $0) }) { first, _ in first }
  }
}
