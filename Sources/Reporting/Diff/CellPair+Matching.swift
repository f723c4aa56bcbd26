extension CellPair {
  /// Pairs cells by identifier, the rest by equal keys, then by the bodies that are most alike, in
  /// the order of the second side; cells of the first side alone come last.
  static func matching(_ before: [CellSnapshot], _ after: [CellSnapshot]) -> [CellPair] {
    var partners = [Int?](repeating: nil, count: after.count)
    var rest = Set(before.indices)
    let places = Dictionary(before.enumerated().map { ($1.id, $0) }) { first, _ in first }
    func pair(_ old: Int, _ new: Int) {
      partners[new] = old
      rest.remove(old)
    }
    for (index, cell) in after.enumerated() {
      if let place = places[cell.id] { pair(place, index) }
    }
    for index in after.indices where partners[index] == nil {
      let places = before.indices.lazy.filter { rest.contains($0) }
      if let place = places.first(where: { before[$0].hasKey(of: after[index]) }) {
        pair(place, index)
      }
    }
    for (old, new) in likenesses(before, rest, after, partners) where rest.contains(old) {
      if partners[new] == nil { pair(old, new) }
    }
    return zip(partners, after).map { CellPair(before: $0.map { before[$0] }, after: $1) }
      + rest.sorted().map { CellPair(before: before[$0], after: nil) }
  }

  /// The pairs of cells without a partner that are enough alike, most alike first.
  private static func likenesses(
    _ before: [CellSnapshot], _ rest: Set<Int>, _ after: [CellSnapshot], _ partners: [Int?]
  ) -> [(old: Int, new: Int)] {
    var found: [(likeness: Double, old: Int, new: Int)] = []
    // Once a cell, not once a pair: two renamed sweeps have a million pairs.
    let bodies = Dictionary(uniqueKeysWithValues: rest.map { ($0, before[$0].bodyParts) })
    for new in after.indices where partners[new] == nil {
      let body = after[new].bodyParts
      for (old, earlier) in bodies {
        let likeness = CellSnapshot.likeness(of: earlier, to: body)
        if likeness >= CellSnapshot.likeEnough { found.append((likeness, old, new)) }
      }
    }
    return found.sorted { (-$0.likeness, $0.new, $0.old) < (-$1.likeness, $1.new, $1.old) }
      .map { ($0.old, $0.new) }
  }
}

extension CellSnapshot {
  /// A renamed cell with a value or two changed is still the same cell; one that shares no more
  /// than its optimizer with another is not.
  fileprivate static let likeEnough = 0.7

  /// Whether the keys are equal as far as both are known, and known far enough to mean something.
  fileprivate func hasKey(of other: CellSnapshot) -> Bool {
    guard let key, let otherKey = other.key, min(key.count, otherKey.count) >= 8 else {
      return false
    }
    return key.hasPrefix(otherKey) || otherKey.hasPrefix(key)
  }

  /// The share of the body's values that are equal: 1 for equal bodies, 0 for other kinds.
  ///
  /// Keys of other cells stay out: what such a cell is has its own row.
  fileprivate static func likeness(
    of own: [String: String], to others: [String: String]
  ) -> Double {
    guard own["kind"] == others["kind"], own.count > 1, others.count > 1 else { return 0 }
    let common = own.count { $0.key != "kind" && others[$0.key] == $0.value }
    return 2 * Double(common) / Double(own.count + others.count - 2)
  }

  fileprivate var bodyParts: [String: String] {
    let parts = inputs.filter { !$0.name.hasPrefix("cell ") && $0.name != "engine" }
    return Dictionary(parts.map { ($0.name, $0.value) }) { first, _ in first }
  }
}
