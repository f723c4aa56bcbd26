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
  /// The relative tolerance of values by name that `check --rerun` grants.
  public var tolerance: [String: Double] = [:]
  /// Seconds after which the cell is stopped; nil never.
  public var timeout: Double?
  /// Files whose contents enter the key, although the body does not read them.
  public var dependencies: [ResolvedFile] = []
  /// Whether the cell runs at all.
  public var when = true
  /// Words to select cells by.
  public var tags: [String] = []
}
