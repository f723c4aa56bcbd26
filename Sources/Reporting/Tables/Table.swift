/// A table of text, independent of how it is drawn.
public struct Table: Sendable, Equatable {
  /// The columns from left to right.
  public var columns: [Column]
  /// The rows from top to bottom; a short one ends in empty cells.
  public var rows: [[Cell]]

  /// Creates a table.
  public init(columns: [Column], rows: [[Cell]] = []) {
    self.columns = columns
    self.rows = rows
  }

  /// A column's title and how its cells are set.
  public struct Column: Sendable, Equatable {
    /// The title.
    public var title: Cell
    /// The side that cells are set against.
    public var alignment: Alignment

    /// Creates a column of text, set left.
    public static func text(_ title: Cell) -> Column { Column(title: title, alignment: .left) }
    /// Creates a column of numbers, set right.
    public static func number(_ title: Cell) -> Column { Column(title: title, alignment: .right) }
  }

  /// A side of a column.
  public enum Alignment: Sendable {
    case left
    case right
  }

  /// A cell's content; whatever it holds, it is shown and not interpreted.
  public enum Cell: Sendable, Equatable, ExpressibleByStringLiteral,
    ExpressibleByStringInterpolation
  {
    /// Text as it is.
    case plain(String)
    /// Text that matters more, such as a total.
    case strong(String)
    /// A name or an expression, in a typewriter face.
    case code(String)
    /// Several, with a space between them.
    case list([Cell])

    /// Creates a cell of plain text.
    public init(stringLiteral text: String) { self = .plain(text) }

    /// The text without emphasis.
    public var text: String {
      switch self {
      case .plain(let text), .strong(let text), .code(let text): text
      case .list(let cells): cells.map(\.text).joined(separator: " ")
      }
    }
  }
}
