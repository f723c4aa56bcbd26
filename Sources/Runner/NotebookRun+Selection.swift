import Diagnostics
import Experiment
import NotebookSyntax

extension NotebookRun {
  /// The cells that this run is about: those asked for, and what they need.
  func wantedCells(_ cells: [Cell]) -> Set<String> {
    var wanted = Set(cells.map(\.id))
    if !options.only.isEmpty || !options.tags.isEmpty {
      wanted = ids(of: options.only).union(ids(taggedWith: options.tags))
    }
    if let from = options.from, let start = open.plan.cells.firstIndex(where: { $0.id == from }) {
      wanted.formIntersection(open.plan.cells[start...].map(\.id))
    }
    let skipped = ids(of: options.skip).union(ids(taggedWith: options.skippedTags))
    wanted.subtract(skipped)
    // Needed cells come first in the order, so one pass from the end finds them all.
    for cell in cells.reversed() where wanted.contains(cell.id) {
      wanted.formUnion(cell.dependencies)
    }
    return wanted.subtracting(skipped)
  }

  /// Identifiers of the cells with a tag; the points of a sweep have those of their sweep.
  private func ids(taggedWith tags: Set<String>) -> Set<String> {
    Set(open.plan.cells.filter { !tags.isDisjoint(with: $0.options.tags) }.map(\.id))
  }

  /// Identifiers of cells; a sweep stands for itself and its points.
  private func ids(of names: Set<String>) -> Set<String> {
    names.union(
      open.plan.cells.filter { cell in cell.point.map { names.contains($0.sweep) } ?? false }
        .map(\.id))
  }

  /// Refuses names of cells that don't exist, and tags that none has.
  static func checkNames(_ open: OpenNotebook, _ options: RunOptions) throws(RunFault) {
    var names = Array(options.only) + Array(options.skip) + [options.from].compactMap(\.self)
    if case .cells(let forced) = options.force { names += Array(forced) }
    for name in names.sorted() { _ = try open.cell(name) }
    let known = Set(open.plan.cells.flatMap(\.options.tags))
    for tag in options.tags.union(options.skippedTags).sorted() where !known.contains(tag) {
      throw .unknownTag(tag, known: known.sorted())
    }
  }

  /// Refuses an output that would replace the notebook itself, past the care that is taken of it, or
  /// the store.
  static func checkOutput(_ open: OpenNotebook, _ options: RunOptions) throws(RunFault) {
    guard case .file(let output) = options.output else { return }
    try OutputPlace.check(output, sources: [open.file.path])
  }

  /// Refuses to write over what was edited by hand.
  static func checkEdited(_ open: OpenNotebook, _ options: RunOptions) throws(RunFault) {
    guard !options.overwritesEdited, options.output == nil else { return }
    let edited = open.notebook.regions.filter(\.isEdited)
    guard !edited.isEmpty else { return }
    throw .invalid(edited.map { open.editedDiagnostic($0, severity: .error) })
  }
}

extension RunOptions {
  /// The options with the full identifiers of the points that they name.
  fileprivate func named(_ names: Set<String>, _ plan: ExperimentPlan) -> Set<String> {
    Set(names.map { plan.namedCell($0)?.id ?? $0 })
  }

  func naming(cellsOf plan: ExperimentPlan) -> RunOptions {
    var options = self
    options.only = named(only, plan)
    options.skip = named(skip, plan)
    options.from = from.map { plan.namedCell($0)?.id ?? $0 }
    if case .cells(let cells) = force { options.force = .cells(named(cells, plan)) }
    return options
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
