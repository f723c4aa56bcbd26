/// A stale cell as a worker process gets it: a line of JSON.
struct CellJob: Codable {
  /// The notebook; nil where it is that of the cell before.
  var notebook: NotebookJob?
  /// The cell.
  var cell: String
  /// Its key; a process that finds another one has other data files before it.
  var key: String
  /// Measured costs that its plan is made with; nil where they could not be measured.
  var costs: [String: Double]?
  /// Whether the cell may go on from the last state of a shorter run.
  var continuesEarlier: Bool
}
