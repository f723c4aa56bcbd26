import Diagnostics
import Experiment
import NotebookSyntax

extension NotebookRun {
  /// The cells that this run is about: those asked for, and what they need.
  func wantedCells(_ cells: [Cell]) -> Set<String> {
    var wanted = Set(cells.map(\.id))
    if !options.only.isEmpty { wanted = options.only }
    if let from = options.from, let start = open.plan.cells.firstIndex(where: { $0.id == from }) {
      wanted.formIntersection(open.plan.cells[start...].map(\.id))
    }
    wanted.subtract(options.skip)
    // Needed cells come first in the order, so one pass from the end finds them all.
    for cell in cells.reversed() where wanted.contains(cell.id) {
      wanted.formUnion(cell.dependencies)
    }
    return wanted.subtracting(options.skip)
  }

  /// Refuses names of cells that don't exist.
  static func checkNames(_ open: OpenNotebook, _ options: RunOptions) throws(RunFault) {
    var names = Array(options.only) + Array(options.skip) + [options.from].compactMap(\.self)
    if case .cells(let forced) = options.force { names += Array(forced) }
    for name in names.sorted() { _ = try open.cell(name) }
  }

  /// Refuses to write over what was edited by hand.
  static func checkEdited(_ open: OpenNotebook, _ options: RunOptions) throws(RunFault) {
    guard !options.overwritesEdited, options.output == nil else { return }
    let edited = open.notebook.regions.filter(\.isEdited)
    guard !edited.isEmpty else { return }
    throw .invalid(edited.map { open.editedDiagnostic($0, severity: .error) })
  }
}

extension OpenNotebook {
  func editedDiagnostic(
    _ region: OutputRegion, severity: Diagnostic.Severity
  ) -> Diagnostic {
    Diagnostic(
      code: "edited-output", severity: severity,
      message: "the output of '\(region.id)' was edited by hand",
      in: notebook.source, at: region.range,
      notes: ["undo the edit, or write over it with --overwrite-edited"])
  }
}
