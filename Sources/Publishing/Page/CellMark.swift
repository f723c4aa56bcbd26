/// What a page says about the output that is written under a cell.
public enum CellMark: Sendable, Equatable {
  /// Written for the cell as it is.
  case fresh
  /// Written for another state of the cell.
  case stale
  /// Never written.
  case missing
  /// Changed by hand after it was written.
  case edited
  /// The cell does not run.
  case inactive
  /// The cell's latest run failed, with this message.
  case failed(String)
  /// So many of its claims don't hold.
  case claimsFail(Int)

  /// Whether a reader has to know before believing what is shown.
  var isWarning: Bool {
    switch self {
    case .fresh, .inactive: false
    default: true
    }
  }

  /// The name in style sheets.
  var style: String {
    switch self {
    case .fresh: "fresh"
    case .stale: "stale"
    case .missing: "missing"
    case .edited: "edited"
    case .inactive: "inactive"
    case .failed, .claimsFail: "failed"
    }
  }
}
