/// The points of a notebook's sweeps, found by the names that directives give them.
struct SweepPoints {
  /// The points of each sweep, in their order.
  let points: [String: [SweepPoint]]
  private let ids: [String: [SweepPoint]]

  /// Takes points in their order.
  init(_ points: [SweepPoint]) {
    self.points = Dictionary(grouping: points, by: \.sweep)
    ids = Dictionary(grouping: points, by: \.id)
  }

  /// Whether nothing sweeps.
  var isEmpty: Bool { points.isEmpty }

  /// The points that an identifier names: of a sweep all, with coordinates those that have them;
  /// nil for an identifier that is none of a sweep.
  func named(_ id: String) -> [SweepPoint]? {
    // A point has all of its sweep's axes, so that no other one has the coordinates in its identifier.
    if let found = points[id] ?? ids[id] { return found }
    guard let selection = SweepSelection(parsing: id) else { return nil }
    let selected = points[selection.sweep]?.filter(selection.contains) ?? []
    return selected.isEmpty ? nil : selected
  }

  /// The identifier of the one point that is selected.
  func only(_ selection: SweepSelection) -> String? {
    let selected = points[selection.sweep]?.filter(selection.contains) ?? []
    return selected.count == 1 ? selected[0].id : nil
  }
}
