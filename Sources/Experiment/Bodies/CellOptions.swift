/// What the `#|` lines and the fence's attributes of a directive say about its execution.
public struct CellOptions: Hashable, Sendable {
  /// Whether the cell is expected to fail, and its error is the output.
  public var expectsError = false
  /// Whether a stored result may be used.
  public var usesCache = true
  /// Whether exports show the directive itself.
  public var echo = true
  /// The name under which prose refers to the cell.
  public var label: String?
  /// The text under the cell's table or figure.
  public var caption: String?
  /// The tolerance of values by name that comparisons of two runs grant.
  public var tolerance: [String: Tolerance] = [:]
  /// Seconds after which the cell is stopped; nil never.
  public var timeout: Double?
  /// Files whose contents enter the key, although the body does not read them.
  public var dependencies: [ResolvedFile] = []
  /// Whether the cell runs at all.
  public var when = true
  /// Words to select cells by.
  public var tags: [String] = []
}

/// How far two numbers may lie apart: |a − b| ≤ absolute + relative · |b|.
public struct Tolerance: Hashable, Sendable {
  /// The absolute part, in the value's unit.
  public var absolute: Double
  /// The part that grows with the value.
  public var relative: Double

  /// Creates a tolerance.
  public init(absolute: Double = 0, relative: Double = 0) {
    self.absolute = absolute
    self.relative = relative
  }
}
