/// A notebook or a run, or one of its cells: `notebook.md`, `notebook.md#gpt-sqrt`, `42#gpt-sqrt`.
public struct CellAddress: Sendable, Hashable {
  /// The notebook's path, or the run's number.
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

  /// The run's number: `42`, `run:42`; nil where it is a notebook, as a file that exists is.
  public var run: Int64? { RunNumber.parse(file) }
}
