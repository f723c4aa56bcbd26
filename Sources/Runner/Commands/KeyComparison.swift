import Digests
import Experiment
import Records

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
    for (name, before, after) in pairedByName(old, cell.keyParts.map { ($0.name, $0.value) })
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
}
