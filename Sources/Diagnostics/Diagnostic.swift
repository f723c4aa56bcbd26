/// A fault in an input: what is wrong, where, and what would be right.
public struct Diagnostic: Sendable, Hashable {
  /// Whether work can go on.
  public enum Severity: String, Sendable, Hashable {
    case error, warning
  }

  /// A stable kebab-case name such as `unknown-key`.
  public var code: String
  /// Whether work can go on.
  public var severity: Severity
  /// One terse sentence that stands alone, without a full stop.
  public var message: String
  /// The name of the source text.
  public var source: String
  /// Where the fault begins; nil where it concerns the whole source.
  public var position: SourcePosition?
  /// How many characters of the line the fault covers, at least 1.
  public var length: Int
  /// The source line, or a window of a very long one.
  public var excerpt: String?
  /// The column of the excerpt's first character: more than 1 in a window of a long line.
  public var excerptColumn: Int
  /// Remedies, such as `did you mean 'steps'?`.
  public var notes: [String]

  /// Creates a diagnostic at a range of a source text; only its first line is marked.
  public init(
    code: String, severity: Severity = .error, message: String, in source: SourceText,
    at range: ByteRange, notes: [String] = []
  ) {
    let position = source.position(at: range.lowerBound)
    let excerpt = Excerpt(of: source, at: range, position: position)
    self.code = code
    self.severity = severity
    self.message = message
    self.source = source.name
    self.position = position
    self.length = excerpt.markedLength
    self.excerpt = excerpt.text
    self.excerptColumn = excerpt.firstColumn
    self.notes = notes
  }

  /// Creates a diagnostic without a place.
  public init(
    code: String, severity: Severity = .error, message: String, source: String,
    notes: [String] = []
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.source = source
    self.position = nil
    self.length = 1
    self.excerpt = nil
    self.excerptColumn = 1
    self.notes = notes
  }
}
