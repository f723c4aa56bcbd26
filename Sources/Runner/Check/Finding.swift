/// Something in a notebook that is not what it says.
public struct Finding: Sendable, Equatable {
  /// The notebook, as the user named it.
  public var file: String
  /// The line, from 1.
  public var line: Int
  /// What is wrong.
  public var kind: Kind
  /// The cell.
  public var cell: String
  /// One sentence.
  public var message: String

  /// What can be wrong.
  public enum Kind: String, Sendable {
    /// The output was written for another key.
    case stale
    /// There is no output.
    case missing
    /// The output was changed by hand.
    case edited
    /// A figure that the output shows is no file.
    case missingFigure = "missing-figure"
    /// A claim does not hold.
    case failedClaim = "failed-claim"
    /// A value in prose is not the recorded one.
    case staleValue = "stale-value"
    /// Running the cell again gave something else.
    case changed
    /// Running the cell again failed, or some of the points that it shows did.
    case failed
  }

  /// Creates a finding.
  public init(file: String, line: Int, kind: Kind, cell: String, message: String) {
    self.file = file
    self.line = line
    self.kind = kind
    self.cell = cell
    self.message = message
  }

  /// The finding on one line: `notebook.md:12: stale[gpt-sqrt]: …`.
  public var text: String { "\(file):\(line): \(kind.rawValue)[\(cell)]: \(message)" }

  /// The finding for programs.
  var json: JSONValue {
    .object([
      ("file", .string(file)), ("line", .int(line)), ("kind", .string(kind.rawValue)),
      ("cell", .string(cell)), ("message", .string(message)),
    ])
  }
}
