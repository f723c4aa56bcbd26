import Digests
import Experiment
import Glibc
import Records
import ResultStore

extension NotebookRun {
  /// The report of a run that finds every output in its place; nil where a cell may have to run.
  ///
  /// Cached runs come by the hundred, from editors, hooks and CI. What the notebook would say is
  /// decided by its bytes, the keys of its cells and the records that those find: where all of them
  /// are as the last whole run left them, no record has to be read and no region to be drawn.
  func freshReport(_ cells: [Cell]) -> RunReport? {
    guard isWhole, let written = history.written(), let state = state(of: cells),
      state == written.state, outputs.hasFigures(written.figures), hasSavedModels(cells),
      history.shows(
        cells.filter { $0.isActive && !$0.kind.isDerived }.map {
          ($0.id, $0.key.hex, identity(of: $0))
        })
    else { return nil }
    for (index, cell) in cells.enumerated() {
      let place = CellPlace(index: index + 1, count: cells.count)
      if let reason = reasonToSkip(cell, wanted: wanted) {
        end(cell, at: place, .skipped(reason), seconds: 0)
      } else {
        end(cell, at: place, .fresh, seconds: 0)
      }
    }
    return report
  }

  /// Notes the notebook as this run leaves it, if nothing is left to do.
  func noteWritten(_ cells: [Cell]) {
    guard isWhole, report.exitCode == .ok, !report.isCut, let state = state(of: cells) else {
      return
    }
    history.note(WrittenNotebook(state: state, figures: outputs.figureNames))
  }

  /// Whether the run is about the whole notebook as it stands in the file.
  private var isWhole: Bool {
    options.usesStore && options.output == nil && !options.leavesNotebook && options.force == .none
      && wanted.count == open.plan.cells.count
      && !open.plan.parameters.contains(where: \.isOverridden)
      && open.plan.cells.allSatisfy { $0.options.usesCache || $0.kind.isDerived }
  }

  /// The digest of what decides about the notebook's bytes; nil where a result is missing.
  private func state(of cells: [Cell]) -> String? {
    let active = cells.filter(\.isActive)
    let stored = active.filter { !$0.kind.isDerived }
    let keys = stored.map { (key: $0.key.hex, environment: identity(of: $0)) }
    guard let records = history.newestRecords(keys) else { return nil }
    var parts = [Engine.release, Digest(hashing: open.file.bytes).hex]
    parts += active.map { "\($0.id) \($0.key.hex)" }
    for record in records {
      guard let record else { return nil }
      parts.append("\(record)")
    }
    return Digest(hashing: parts.joined(separator: "\n")).hex
  }

  private func hasSavedModels(_ cells: [Cell]) -> Bool {
    cells.allSatisfy { cell in
      guard cell.isActive, case .train(let body) = cell.body, body.save != nil else { return true }
      return hasSavedModel(
        cell, history.record(key: cell.key.hex, environment: identity(of: cell)))
    }
  }

  /// Whether the model that a cell saves is where it should be.
  ///
  /// What a cell writes beside its record belongs to its result: without it, it runs again.
  func hasSavedModel(_ cell: Cell, _ record: Record?) -> Bool {
    execution.project.missingModel(of: cell, record) == nil
  }
}

extension Project {
  /// The folder that a cell with that result saves its model to, where it holds another or none.
  func missingModel(of cell: Cell, _ record: Record?) -> String? {
    guard case .train(let body) = cell.body, let folder = body.save,
      !savedModel(folder).isResult(record)
    else { return nil }
    return folder
  }
}
