/// What of a diff is shown.
public struct DiffOptions: Sendable {
  /// Whether rows that are the same are shown too, and those that only repeat what others say.
  public var showsAll: Bool
  /// Whether times are shown.
  public var showsTimings: Bool
  /// Whether a terminal's colours may be used.
  public var usesColor: Bool

  /// Creates options; without arguments: differences only, no times, no colour.
  public init(showsAll: Bool = false, showsTimings: Bool = false, usesColor: Bool = false) {
    self.showsAll = showsAll
    self.showsTimings = showsTimings
    self.usesColor = usesColor
  }

  func shows(_ row: RecordDiff.Row) -> Bool {
    guard row.block != .timings || showsTimings else { return false }
    return showsAll || (row.verdict != .same && !row.isConsequence)
  }
}
