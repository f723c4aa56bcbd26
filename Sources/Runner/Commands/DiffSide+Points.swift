import Digests
import Experiment
import Records

extension DiffSide {
  /// The points of a sweep: they have no region of their own, and are matched by their coordinates.
  ///
  /// A point is as it was where the store has a result for its key; else it is as the table was
  /// written from it.
  static func points(
    of sweep: DiffCell, _ stored: StoredResults, isCommitted: Bool
  ) throws(RunFault) -> [DiffCell] {
    guard let facts = sweep.result?.facts, facts.kind == .sweep else { return [] }
    let written = sweep.standing == nil ? [:] : try writtenPoints(facts, stored)
    guard let planned = sweep.planned else {
      return written.keys.sorted().compactMap { written[$0] }
    }
    let points = planned.plan.cells.filter { $0.point?.sweep == sweep.id && $0.isActive }
    let found = try stored.outcomes(keys: points.map(\.key.hex))
    return zip(points, found).compactMap { point, results in
      let inputs = point.keyParts.map { (name: $0.name, value: $0.value) }
      var cell: DiffCell
      if let result = results.last(where: { $0.facts.isOf(facts.environment) }) {
        cell = DiffCell(id: point.id, result, inputs: inputs)
      } else if let old = written[point.id], let result = old.result {
        cell = DiffCell(id: point.id, result, inputs: isCommitted ? old.inputs : inputs)
        cell.standing = sweep.standing
      } else {
        return nil
      }
      cell.planned = PlannedCell(cell: point, plan: planned.plan)
      return cell
    }
  }

  /// The points that a table was written from, by their names: the key of the table was made of
  /// those, and of the points' keys.
  private static func writtenPoints(
    _ facts: RecordFacts, _ stored: StoredResults
  ) throws(RunFault) -> [String: DiffCell] {
    let parts = try stored.keyParts(key: facts.key)
    let points = parts.compactMap { role, name in
      parts.first { $0.name == "cell \(role)" }.map { (name: name, key: $0.value) }
    }
    let found = try stored.outcomes(keys: points.map(\.key))
    var cells: [String: DiffCell] = [:]
    for (point, results) in zip(points, found) {
      guard let result = results.last(where: { $0.facts.isOf(facts.environment) }) else { continue }
      cells[point.name] = DiffCell(
        id: point.name, result, inputs: try stored.keyParts(key: point.key))
    }
    return cells
  }
}

extension RecordFacts {
  /// Whether they are of that numeric environment, as far as is known.
  fileprivate func isOf(_ environment: EnvironmentRecord?) -> Bool {
    guard let own = self.environment, let environment else { return true }
    return own.identity == environment.identity
  }
}
