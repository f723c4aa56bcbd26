import Digests
import Experiment
import NotebookSyntax
import Records
import Training

extension NotebookRun {
  /// Runs a cell or takes its stored result; false ends the run.
  func run(_ cell: Cell, at place: CellPlace) throws(RunFault) -> Bool {
    if reuse(cell, at: place) { return true }
    let start = ContinuousClock.now
    // What is derived from other cells costs nothing; it counts as run only if it came out anew.
    if !cell.kind.isDerived { tellBeginning(of: cell, at: place) }
    let deadline = cell.options.timeout.map { start + .seconds($0) }
    let outcome = execution.execute(cell) { [tell, shouldStop] report in
      tell(.step(cell: cell.id, report))
      return !shouldStop() && deadline.map { ContinuousClock.now < $0 } ?? true
    }
    let seconds = (ContinuousClock.now - start).seconds
    if case .interrupted(let step) = outcome.fault {
      // A stop that the user asked for ends the run; a timeout is a failure of the cell.
      return try interrupted(
        cell, at: place, step: step, isTimeout: !shouldStop(), seconds: seconds)
    }
    return try settle(outcome, of: cell, at: place, seconds: seconds)
  }

  func settle(
    _ outcome: CellExecution.Outcome, of cell: Cell, at place: CellPlace, seconds: Double
  ) throws(RunFault) -> Bool {
    let record = outcome.record
    let hasFailed = record.failure != nil || record.hasFailedClaim
    if cell.options.expectsError { report.expectedToFail.insert(cell.id) }
    // Of a sweep that is expected to fail some points do.
    if cell.options.expectsError, !hasFailed, cell.point == nil {
      let failure = FailureRecord(
        code: "expected-error", message: "the cell was expected to fail, but did not",
        notes: ["remove '#| error: true'"])
      save(failure, of: cell)
      return fail(cell, at: place, failure, .failed, seconds: seconds)
    }
    if let failure = record.failure, record.status == .failed {
      history.save(record, of: cell)
      let isLimit = failure.code == "memory-limit"
      return fail(cell, at: place, failure, isLimit ? .memoryLimit : .failed, seconds: seconds)
    }
    let unchanged = cell.kind.isDerived && history.holds(record)
    if !unchanged { history.save(record, of: cell) }
    accept(record, of: cell)
    if !cell.kind.isDerived { try writeNotebook() }
    outcome.run?.discardSavedStep()
    end(cell, at: place, unchanged ? .cached(record) : .ran(record), seconds: seconds)
    return options.keepsGoing || !hasGaps(cell)
  }

  func accept(_ record: Record, of cell: Cell) {
    execution.records[cell.id] = record
    // The points of a sweep are shown in its own output.
    guard cell.point == nil else { return }
    outputs.set(record, of: cell, isWhole: !hasGaps(cell))
  }

  /// Whether a cell shows points of a sweep some of which failed in this run.
  private func hasGaps(_ cell: Cell) -> Bool {
    cell.dependencies.contains { isGap($0, in: cell) }
  }

  private func fail(
    _ cell: Cell, at place: CellPlace, _ failure: FailureRecord, _ code: ExitCode,
    seconds: Double
  ) -> Bool {
    unusable.insert(cell.id)
    execution.failures[cell.id] = failure
    if report.exitCode == .ok || report.exitCode == .differences { report.exitCode = code }
    end(cell, at: place, .failed(failure), seconds: seconds)
    // The other points of a sweep are of use without this one.
    return options.keepsGoing || (cell.point != nil && !options.failsFast)
  }

  /// A stop that somebody asked for ends the run; a timeout is a failure of the cell.
  func interrupted(
    _ cell: Cell, at place: CellPlace, step: Int, isTimeout: Bool, seconds: Double
  ) throws(RunFault) -> Bool {
    let failure = FailureRecord(
      code: isTimeout ? "timeout" : "interrupted",
      message: isTimeout
        ? "stopped after step \(step): its time is up" : "interrupted after step \(step)",
      notes: step > 0 ? ["the step is saved: run again to continue from there"] : [])
    if isTimeout, cell.options.expectsError {
      let record = failureRecord(failure, of: cell, status: .ok)
      return try settle(
        CellExecution.Outcome(record: record), of: cell, at: place, seconds: seconds)
    }
    if isTimeout { save(failure, of: cell) }
    let goesOn = fail(
      cell, at: place, failure, isTimeout ? .failed : .interrupted, seconds: seconds)
    return isTimeout && goesOn
  }

  /// Records that a cell failed, of which there is no other record.
  private func save(_ failure: FailureRecord, of cell: Cell) {
    history.save(failureRecord(failure, of: cell, status: .failed), of: cell)
  }

  private func failureRecord(
    _ failure: FailureRecord, of cell: Cell, status: Record.Status
  ) -> Record {
    var record = Record(
      id: cell.id, kind: cell.kind.recordKind, status: status, key: cell.key.hex, output: .none)
    record.environment = cell.kind.dependsOnNumerics ? execution.numerics.environment : nil
    record.failure = failure
    return record
  }

  /// The stored result of a cell, with its identifier in this notebook.
  func storedRecord(of cell: Cell) -> Record? {
    guard !isRemade(cell), cell.options.usesCache, !isForced(cell) else {
      return nil
    }
    if var record = record(of: cell) {
      guard hasSavedModel(cell, record) else { return nil }
      record.id = cell.id
      guard lacksWeights(cell) else { return record }
      tell(.recomputes(cell: cell.id, reason: "its weights are needed and not kept"))
      return nil
    }
    if cell.kind.dependsOnNumerics, let other = history.latest(key: cell.key.hex) {
      tell(.recomputes(cell: cell.id, reason: difference(from: other)))
    }
    return nil
  }

  /// The newest stored result; of several, as another notebook may have run an equal cell since, the
  /// one that the notebook shows.
  private func record(of cell: Cell) -> Record? {
    let identity = identity(of: cell)
    guard let newest = history.record(key: cell.key.hex, environment: identity) else { return nil }
    guard open.notebook.directive(cell.id)?.timing != nil,
      outputs.written(among: [newest], of: cell, in: open.notebook) == nil
    else { return newest }
    let earlier = history.records(key: cell.key.hex, environment: identity)
    return outputs.written(among: earlier, of: cell, in: open.notebook) ?? newest
  }

  /// Whether a cell runs although its result is stored: it is named, or its sweep.
  private func isForced(_ cell: Cell) -> Bool {
    cell.isNamed(in: options.force)
  }

  /// Whether a cell is made anew in this run although its record may be stored.
  ///
  /// A query of the whole store would find something else after each run, its own one included:
  /// it is asked again where something else ran, so that a run without changes changes nothing.
  private func isRemade(_ cell: Cell) -> Bool {
    guard cell.kind.isDerived else { return false }
    guard cell.body.readsProject else { return true }
    return report.cells.contains { cell in
      if case .ran(let record) = cell.outcome { !record.kind.isDerived } else { false }
    }
  }

  func identity(of cell: Cell) -> String {
    cell.kind.dependsOnNumerics || cell.kind.isDerived ? numerics.environment.identity : ""
  }

  /// Whether a cell that is to be run needs the weights of this one, and they are not there.
  private func lacksWeights(_ cell: Cell) -> Bool {
    guard cell.kind == .train else { return false }
    let isNeeded = open.plan.cells.contains { other in
      other.isActive && other.trainedCell == cell.id && wanted.contains(other.id)
        && (isForced(other) || !other.options.usesCache
          || history.record(key: other.key.hex, environment: identity(of: other)) == nil)
    }
    return isNeeded && !execution.weights(of: cell).isWhole
  }

  /// What differs between this machine's numeric environment and that of a stored record.
  private func difference(from record: Record) -> String {
    guard let old = record.environment else { return "its record has no environment" }
    let changes = old.differences(from: numerics.environment)
    return "stored for another numeric environment: \(changes.joined(separator: ", "))"
  }
}

extension DirectiveKind {
  /// Whether the cell's record is a function of other records, made anew in each run.
  var isDerived: Bool { recordKind.isDerived }

  /// Whether the record depends on the numeric environment.
  var dependsOnNumerics: Bool { [.train, .plan, .eval, .generate].contains(self) }
}

extension Cell {
  /// Whether it is among the cells that run although their results are stored: it, or its sweep.
  func isNamed(in force: RunOptions.Force) -> Bool {
    force.contains(id) || point.map { force.contains($0.sweep) } ?? false
  }
}

extension CellKind {
  /// Whether records of this kind are functions of other records, made anew in each run.
  var isDerived: Bool { [.compare, .expect, .query, .plot, .sweep].contains(self) }
}

extension Record {
  /// Whether a claim does not hold.
  fileprivate var hasFailedClaim: Bool {
    guard case .expect(let claims) = output else { return false }
    return claims.contains { !$0.holds }
  }
}
