public import Diagnostics
import Digests
import Experiment
import NotebookSyntax
import Records
import Reporting
import ResultStore

/// Whether a notebook's written outputs are what the notebook says; runs nothing.
public struct NotebookCheck: Sendable {
  /// What is wrong, in the order of the document.
  public private(set) var findings: [Finding] = []
  /// What does not make an output wrong.
  public private(set) var warnings: [Diagnostic]
  private let open: OpenNotebook
  private let stored: StoredResults

  /// Checks a notebook.
  ///
  /// - Throws: `RunFault.invalid` for a notebook with errors, `.unreadable`. A store that can't be
  ///   read is a warning: what is written can be checked without it.
  public init(_ name: String, options: RunOptions) throws(RunFault) {
    open = try OpenNotebook(
      name, overrides: options.overrides, settings: options.settings,
      storePath: options.storePath)
    warnings = open.warnings
    do throws(RunFault) {
      stored =
        options.usesStore
        ? try StoredResults(of: open.project, path: options.storePath) : StoredResults()
    } catch {
      stored = StoredResults()
      warnings += error.diagnostics.map(\.asWarning)
    }
    for state in open.cellStates { check(state) }
    for span in open.notebook.spans { check(span) }
    findings.sort { $0.line < $1.line }
  }

  /// The notebook as the user named it.
  public var file: String { open.file.name }
  /// Its cells with the lines of their fences.
  public var cells: [(id: String, line: Int)] { open.plan.cells.map { ($0.id, $0.line) } }

  /// Whether everything is as it should be.
  public var exitCode: ExitCode { findings.isEmpty ? .ok : .differences }

  private mutating func check(_ state: CellState) {
    switch state.standing {
    case .inactive: break
    case .missing: find(.missing, state, "it has no output")
    case .edited: find(.edited, state, "its output was edited by hand")
    case .stale:
      let written = state.writtenKey ?? "none"
      find(
        .stale, state,
        "its output was written for key \(written), its key is \(state.key.prefix(8))")
    case .incomplete:
      find(.failed, state, "some of the points that it shows failed: a run tries them again")
    case .fresh:
      checkFigures(of: state)
      checkClaims(of: state)
    }
  }

  private mutating func checkFigures(of state: CellState) {
    for fault in open.figureFaults(of: state.id) { find(.missingFigure, state, fault) }
  }

  /// Reads the verdicts from what is written, as that is what is checked, and the values behind
  /// them from the store.
  private mutating func checkClaims(of state: CellState) {
    let failed = open.failedClaims(of: state.id)
    guard !failed.isEmpty else { return }
    let results = records(key: state.key).compactMap { record -> [ClaimResult]? in
      if case .expect(let claims) = record.output { claims } else { nil }
    }
    for claim in failed {
      let result = results.lazy.flatMap(\.self).first { $0.claim == claim && !$0.holds }
      let values = result.map { " (\($0.values.map(\.text).joined(separator: ", ")))" } ?? ""
      find(.failedClaim, state, "does not hold: \(claim)\(values)")
    }
  }

  /// A value in prose has to be that of a stored result; where none is stored, nothing is known.
  private mutating func check(_ span: ValueSpan) {
    guard let reference = ValueReference(parsing: span.reference).map(open.plan.resolved),
      let cell = open.plan.cell(reference.cell), cell.isActive
    else { return }
    let texts = records(key: cell.key.hex).compactMap { $0.value(reference.path)?.shownText }
    let source = open.notebook.source
    let written = String(decoding: source.bytes[span.contentRange], as: UTF8.self)
    guard let recorded = texts.last, !texts.contains(written) else { return }
    findings.append(
      Finding(
        file: open.file.name, line: source.position(at: span.range.lowerBound).line,
        kind: .staleValue, cell: cell.id,
        message: "the text says '\(written)' for \(span.reference), recorded is '\(recorded)'"))
  }

  private func records(key: String) -> [Record] { (try? stored.records(key: key)) ?? [] }

  private mutating func find(_ kind: Finding.Kind, _ state: CellState, _ message: String) {
    findings.append(
      Finding(
        file: open.file.name, line: state.line, kind: kind, cell: state.id, message: message))
  }
}

extension ClaimResult.Binding {
  fileprivate var text: String { "\(reference) = \(value.exactText)" }
}

extension RecordedValue {
  /// The value in full, without a unit.
  var exactText: String {
    switch self {
    case .bytes(let count), .count(let count): "\(count)"
    case .number(let number), .seconds(let number): "\(number)"
    case .text(let text): text
    }
  }
}

extension Diagnostic {
  /// The same, where it keeps no work from going on.
  var asWarning: Diagnostic {
    var warning = self
    warning.severity = .warning
    return warning
  }
}
