import Diagnostics
import Glibc
import Records
import Runner
import Training

/// What a run tells on the standard error: a live line on a terminal, else a line a cell.
final class ProgressLines {
  private let display: DisplayOptions
  private let renderer: DiagnosticRenderer
  /// Whether several notebooks run, so that lines have to say which.
  private let namesFiles: Bool
  /// Whether several points of a sweep run at once.
  private let namesPoints: Bool
  private var live: LiveLine?
  /// The cells that run, in the order in which they began.
  private var running: [(source: EventSource, cell: String, place: String, step: String)] = []
  private var lastStep: ContinuousClock.Instant?

  init(_ display: DisplayOptions, namesFiles: Bool = false, namesPoints: Bool = false) {
    self.display = display
    self.namesFiles = namesFiles
    self.namesPoints = namesPoints
    renderer = DiagnosticRenderer(color: display.usesColor(on: STDERR_FILENO))
    live = display.drawsLive ? LiveLine() : nil
  }

  /// Prints diagnostics.
  func show(_ diagnostics: [Diagnostic]) {
    for diagnostic in diagnostics {
      if display.logFormat == .json {
        writeToStandardError(EventLine(diagnostic).text)
      } else {
        print(renderer.render(diagnostic))
      }
    }
  }

  /// Tells of an event.
  func show(_ event: RunEvent, file: String, point: String? = nil) {
    let source = EventSource(file: file, point: point)
    guard display.logFormat == .text else { return log(event, from: source) }
    switch event {
    case .warning(let diagnostic): show([diagnostic])
    case .waiting(let process):
      tell("\(file) is being run by process \(process); waiting for it")
    case .recomputes(let cell, let reason): tell("\(prefix(source))\(cell): \(reason)")
    case .began(let cell, let kind, let index, let count, _):
      let place = "\(prefix(source))[\(index)/\(count)] \(kind.rawValue) \(cell)"
      running.append((source, cell, place, ""))
      if running.count > 1 { drawTogether() } else { live?.begin(place) }
    case .reading(_, let file, let done, let total):
      guard running.count < 2 else { return }
      live?.draw(reading: sanitizedForTerminal(file), done: done, of: total)
    case .measuring(let cell, let operations):
      tell(prefix(source) + MemoryForecast.measuring(cell: cell, operations: operations))
    case .step(let cell, let report): step(report, of: cell, in: source)
    case .ended(let report): ended(report, in: source)
    }
  }

  /// A step of the only cell that runs in full, of several where each of them is.
  private func step(_ report: StepReport, of cell: String, in source: EventSource) {
    guard let index = running.firstIndex(where: { $0.cell == cell && $0.source == source }) else {
      return
    }
    running[index].step = "\(report.step)/\(report.steps)"
    if running.count > 1 { drawTogether() } else { live?.draw(step: report) }
  }

  private func drawTogether() {
    live?.draw(together: running.map { "\(prefix($0.source))\($0.cell) \($0.step)" })
  }

  /// Tells how a run ended: cells that failed, claims that don't hold, and one line that sums up.
  ///
  /// The places are those in the notebook as it is now, so faults wait until the run has ended.
  func finish(_ report: RunReport, of input: NotebookInput, point: String? = nil) {
    let source = EventSource(file: input.name, point: point)
    guard display.logFormat == .text else { return log(report, from: source) }
    live?.clear()
    let faults = report.failures + report.failedClaims.map { ($0.cell, $0.claim.failure) }
    let lines = faults.isEmpty ? [:] : report.lines(in: input)
    for (cell, fault) in faults {
      show([fault.diagnostic(cell: cell, place: "\(input.name):\(lines[cell] ?? 1)")])
    }
    if !display.quiet { print(sanitizedForTerminal(prefix(source) + report.summary)) }
    // Of the points of a sweep nobody expects to find outputs.
    if report.leavesNotebook, point == nil {
      tell(
        "\(input.name) stays as it is: the outputs of a run with other parameters or costs go to "
          + "--output FILE, or into it with --in-place")
    }
  }

  /// Writes an event as JSON; of steps and of reading ten a second, and the last one.
  private func log(_ event: RunEvent, from source: EventSource) {
    switch event {
    case .step(_, let report) where report.step < report.steps && !isDue(): return
    case .reading(_, _, let done, let total) where done < total && !isDue(): return
    default: writeToStandardError(EventLine(event, from: source).text)
    }
  }

  private func isDue() -> Bool {
    if let lastStep, ContinuousClock.now - lastStep < .milliseconds(100) { return false }
    lastStep = .now
    return true
  }

  private func log(_ report: RunReport, from source: EventSource) {
    for (cell, claim) in report.failedClaims {
      writeToStandardError(EventLine(failedClaim: claim, of: cell, from: source).text)
    }
    writeToStandardError(EventLine(finished: report, from: source).text)
  }

  private func ended(_ report: CellReport, in source: EventSource) {
    live?.clear()
    running.removeAll { $0.cell == report.id && $0.source == source }
    if running.count == 1 { live?.begin(running[0].place) }
    switch report.outcome {
    case .ran, .failed:
      if display.tellsCells { print(sanitizedForTerminal(prefix(source) + report.summary)) }
    case .fresh, .cached, .skipped:
      if display.verbose { print(sanitizedForTerminal(prefix(source) + report.summary)) }
    }
  }

  /// What says which run a line is about, where there are several: `a.md: `, `a.md lr=1e-3: `.
  private func prefix(_ source: EventSource) -> String {
    let parts = [namesFiles ? source.file : nil, namesPoints ? source.point : nil]
    let text = parts.compactMap(\.self).joined(separator: " ")
    return text.isEmpty ? "" : "\(sanitizedForTerminal(text)): "
  }

  /// Tells something that is neither error nor warning.
  private func tell(_ message: String) {
    if !display.quiet { print("nbrun: \(sanitizedForTerminal(message))") }
  }

  private func print(_ line: String) {
    live?.clear()
    writeToStandardError(line + "\n")
  }
}

extension RunReport {
  /// The cells that failed, with why.
  fileprivate var failures: [(cell: String, fault: FailureRecord)] {
    cells.compactMap { cell in
      if case .failed(let failure) = cell.outcome { (cell.id, failure) } else { nil }
    }
  }
}

extension ClaimResult {
  /// A claim that does not hold, with the values that it speaks of.
  fileprivate var failure: FailureRecord {
    FailureRecord(
      code: "failed-claim", message: "does not hold: \(claim)",
      notes: values.map { "\($0.reference) = \($0.value.shownExactly)" }
        + [reason].compactMap(\.self))
  }
}

extension FailureRecord {
  fileprivate func diagnostic(cell: String, place: String) -> Diagnostic {
    Diagnostic(code: code, message: "\(cell): \(message)", source: place, notes: notes)
  }
}
