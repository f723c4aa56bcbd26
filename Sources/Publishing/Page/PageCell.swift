/// What a page knows of a cell beside its text.
public struct PageCell: Sendable {
  /// What its output is worth.
  public var mark: CellMark
  /// Whether the directive itself is shown.
  public var showsDirective: Bool

  /// Creates a cell's facts.
  public init(mark: CellMark, showsDirective: Bool = true) {
    self.mark = mark
    self.showsDirective = showsDirective
  }
}

/// An image that a page shows: its file, or nothing.
public enum PageImage: Sendable {
  /// The file's bytes.
  case file([UInt8])
  /// There is no such file in the project.
  case missing
  /// It is elsewhere: a page reaches for nothing outside of it.
  case remote
}
