/// What a query sees, and under which names.
public enum QueryScope: String, Sendable, CaseIterable {
  /// The records of one run of one notebook: no times of day, no identifiers of runs, so that the
  /// same records give the same answer.
  case notebook
  /// All that the project's store holds.
  case project

  /// A view and its columns.
  struct View: Sendable {
    let name: String
    let columns: [String]
  }

  /// The views, in the order in which messages list them.
  var views: [View] {
    switch self {
    case .notebook: Self.notebookViews
    case .project: Self.projectViews
    }
  }

  /// The names of the views.
  var viewNames: [String] { views.map(\.name) }

  private static let notebookViews = [
    View(
      name: "cell",
      columns: ["notebook", "cell", "sweep", "position", "kind", "status", "key"]),
    View(name: "metric", columns: ["notebook", "cell", "name", "step", "value"]),
    View(name: "memory", columns: ["notebook", "cell", "name", "bytes"]),
    View(name: "timing", columns: ["notebook", "cell", "name", "seconds"]),
    View(name: "setting", columns: ["notebook", "cell", "name", "value"]),
    View(name: "digest", columns: ["notebook", "cell", "name", "value"]),
    View(name: "run", columns: ["notebook", "numerics", "kernels", "threads", "engine"]),
  ]

  private static let projectViews = [
    View(
      name: "cell",
      columns: [
        "notebook", "cell", "sweep", "position", "kind", "status", "key", "environment", "run",
        "created", "record",
      ]),
    notebookViews[1], notebookViews[2], notebookViews[3], notebookViews[4], notebookViews[5],
    View(
      name: "run",
      columns: [
        "run", "started", "finished", "notebook", "command", "git_commit", "git_dirty",
        "numerics", "kernels", "threads", "engine",
      ]),
    View(
      name: "history",
      columns: [
        "notebook", "cell", "sweep", "run", "position", "kind", "status", "key", "environment",
        "reused", "created", "record",
      ]),
  ]

  /// What makes the empty views of a query's own database.
  ///
  /// Columns have no type: each value keeps the one that it was recorded with.
  var schema: String {
    views.map { view in
      "CREATE TABLE \(view.name) (\(view.columns.joined(separator: ", ")));"
        + (view.columns.contains("cell")
          ? "CREATE INDEX \(view.name)ByCell ON \(view.name) (cell);" : "")
    }.joined()
  }
}
