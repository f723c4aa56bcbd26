/// A notebook, or one of its cells: `notebook.md`, `notebook.md#gpt-sqrt`.
public struct CellAddress: Sendable, Hashable {
  /// The notebook's path.
  public var file: String
  /// The cell's identifier.
  public var cell: String?

  /// Splits at the last `#`.
  public init(_ text: String) {
    guard let mark = text.lastIndex(of: "#"), mark != text.startIndex else {
      (file, cell) = (text, nil)
      return
    }
    file = String(text[..<mark])
    cell = String(text[text.index(after: mark)...])
  }
}
