/// A notebook as a whole run left it: all outputs in place, and made of these records.
public struct WrittenNotebook: Hashable, Sendable {
  /// The digest of everything that decides about its bytes.
  public var state: String
  /// The names of the figures that it shows.
  public var figures: [String]

  /// Creates the note of a notebook.
  public init(state: String, figures: [String]) {
    self.state = state
    self.figures = figures
  }
}
