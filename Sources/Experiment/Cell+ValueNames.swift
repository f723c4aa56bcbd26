extension Cell {
  /// The dotted names of the values that the cell will record; empty where only a run tells.
  public var valueNames: [String] { ValueNames.names(of: body) }
}
