import Digests
import Experiment

/// Compares the parts of cells' keys with those that the store remembers.
struct KeyComparison {
  let plan: ExperimentPlan
  let stored: StoredResults

  /// What differs from a recorded key, whole or its first digits; a part that is another cell's key
  /// is followed by what differs there.
  func changes(
    of cell: Cell, since key: String, depth: Int = 0
  ) throws(RunFault) -> [KeyStory.Change] {
    guard !cell.key.hex.hasPrefix(key), depth <= plan.cells.count else { return [] }
    let old = try stored.keyParts(key: key)
    guard !old.isEmpty else { return [] }
    var changes: [KeyStory.Change] = []
    for (name, before, after) in merged(old, cell.keyParts.map { ($0.name, $0.value) })
    where before != after {
      changes.append(
        KeyStory.Change(cell: cell.id, name: name, before: before, after: after, depth: depth))
      guard name.hasPrefix("cell "), let before,
        let needed = plan.cells.first(where: { $0.key.hex == after })
      else { continue }
      changes += try self.changes(of: needed, since: before, depth: depth + 1)
    }
    return changes
  }

  /// Both sides' values by name, the new side's order first.
  private func merged(
    _ old: [(name: String, value: String)], _ new: [(name: String, value: String)]
  ) -> [(name: String, before: String?, after: String?)] {
    let before = Dictionary(old.map { ($0.name, $0.value) }) { first, _ in first }
    let names = Set(new.map(\.name))
    return new.map { ($0.name, before[$0.name], $0.value) }
      + old.filter { !names.contains($0.name) }.map { ($0.name, $0.value, nil) }
  }
}
