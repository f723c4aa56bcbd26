/// A notebook as a whole run left it: all outputs in place, and made of these records.
public struct WrittenNotebook: Hashable, Sendable {
  /// The digest of everything that decides about its bytes.
  public var state: String
  /// The figures that it shows, by name, with their sizes in bytes.
  public var figures: [String: Int]

  /// Creates the note of a notebook.
  public init(state: String, figures: [String: Int]) {
    self.state = state
    self.figures = figures
  }
}
