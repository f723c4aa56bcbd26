import Diagnostics
import FoundationEssentials
import Records
import Runner
import Training

/// An event as a JSON object on one line, for programs that follow a run: `--log-format json`.
///
/// Each has `event`, `time` (UTC, ISO 8601) and, but for diagnostics, `file`, with `--sweep` also
/// `point`: `lr=1e-3, seed=0`; the rest is, by event:
/// - `diagnostic`: `severity`, `code`, `message`, `source`, `line`, `column`,
///   `notes`;
/// - `waiting`: `process`, which runs the notebook;
/// - `recomputes`: `cell`, `reason`;
/// - `began`: `cell`, `kind`, `index`, `count`, and with `-j` `worker`, the process that executes it;
/// - `reading`: `cell`, `data_file`, `done` and `total` in bytes;
/// - `measuring`: `cell`, `operations` that are timed before its plan is made;
/// - `step`: `cell`, `step`, `steps`, `loss`, `peak` in bytes, `seconds`;
/// - `ended`: `cell`, `kind`, `index`, `count`, `line`, `seconds`, `outcome` (`ran`, `cached`,
///   `failed`, `interrupted`, `skipped`), and `code` and `message` of a failure or the `reason` of
///   what was skipped;
/// - `failed_claim`: `cell`, `claim`, `values`;
/// - `finished`: `exit_code`, `wrote_notebook`, `cells` by outcome.
struct EventLine {
  private var members: [(String, JSONValue)]

  private init(_ event: String, _ source: EventSource?, _ members: [(String, JSONValue)]) {
    let time = Date.now.formatted(.iso8601)
    self.members = [("event", .string(event)), ("time", .string(time))]
    if let source { self.members.append(("file", .string(source.file))) }
    if let point = source?.point { self.members.append(("point", .string(point))) }
    self.members += members
  }

  /// The line, its ending included.
  var text: String { JSONValue.object(members).line + "\n" }

  init(_ diagnostic: Diagnostic) {
    self.init(
      "diagnostic", nil,
      [
        ("severity", .string("\(diagnostic.severity)")), ("code", .string(diagnostic.code)),
        ("message", .string(diagnostic.message)), ("source", .string(diagnostic.source)),
        ("line", diagnostic.position.map { .int($0.line) } ?? .null),
        ("column", diagnostic.position.map { .int($0.column) } ?? .null),
        ("notes", .array(diagnostic.notes.map { .string($0) })),
      ])
  }

  init(_ event: RunEvent, from source: EventSource) {
    switch event {
    case .warning(let diagnostic): self.init(diagnostic)
    case .waiting(let process):
      self.init("waiting", source, [("process", .string(process))])
    case .recomputes(let cell, let reason):
      self.init("recomputes", source, [("cell", .string(cell)), ("reason", .string(reason))])
    case .began(let cell, let kind, let index, let count, let worker):
      self.init(
        "began", source,
        [
          ("cell", .string(cell)), ("kind", .string(kind.rawValue)), ("index", .int(index)),
          ("count", .int(count)),
        ] + (worker.map { [("worker", .int($0))] } ?? []))
    case .reading(let cell, let dataFile, let done, let total):
      self.init(
        "reading", source,
        [
          ("cell", .string(cell)), ("data_file", .string(dataFile)), ("done", .int(done)),
          ("total", .int(total)),
        ])
    case .measuring(let cell, let operations):
      self.init(
        "measuring", source,
        [("cell", .string(cell)), ("operations", .int(operations))])
    case .step(let cell, let report):
      self.init(
        "step", source,
        [
          ("cell", .string(cell)), ("step", .int(report.step)), ("steps", .int(report.steps)),
          ("loss", .double(Double(report.loss))), ("peak", .int(report.peak)),
          ("seconds", .double(report.seconds)),
        ])
    case .ended(let report): self.init(report, from: source)
    }
  }

  private init(_ report: CellReport, from source: EventSource) {
    var members: [(String, JSONValue)] = [
      ("cell", .string(report.id)), ("kind", .string(report.kind.rawValue)),
      ("index", .int(report.index)), ("count", .int(report.count)), ("line", .int(report.line)),
      ("seconds", .double(report.seconds)), ("outcome", .string(report.outcome.name)),
    ]
    switch report.outcome {
    case .failed(let failure):
      members += [("code", .string(failure.code)), ("message", .string(failure.message))]
    case .skipped(let reason): members.append(("reason", .string(reason)))
    case .fresh, .ran, .cached: break
    }
    self.init("ended", source, members)
  }

  init(failedClaim claim: ClaimResult, of cell: String, from source: EventSource) {
    let values = claim.values.map { ($0.reference, JSONValue.string($0.value.shownExactly)) }
    self.init(
      "failed_claim", source,
      [
        ("cell", .string(cell)), ("claim", .string(claim.claim)), ("values", .object(values)),
        ("reason", claim.reason.map { .string($0) } ?? .null),
      ])
  }

  init(finished report: RunReport, from source: EventSource) {
    let names = ["ran", "cached", "failed", "interrupted", "skipped"]
    let cells = names.map { name in
      (name, JSONValue.int(report.cells.count { $0.outcome.name == name }))
    }
    self.init(
      "finished", source,
      [
        ("exit_code", .int(Int(report.exitCode.rawValue))),
        ("wrote_notebook", .bool(report.wroteNotebook)), ("cells", .object(cells)),
      ])
  }
}

extension CellReport.Outcome {
  /// The outcome in a word.
  fileprivate var name: String {
    switch self {
    case .ran: "ran"
    case .fresh, .cached: "cached"
    case .failed(let failure): failure.code == "interrupted" ? "interrupted" : "failed"
    case .skipped: "skipped"
    }
  }
}
