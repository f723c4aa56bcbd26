import Experiment
import NotebookSyntax
import Records
import Reporting

/// A cell on one side of a comparison: a record, or what can be read of one in a notebook's text.
struct DiffCell {
  /// The cell.
  let id: String
  /// The key, whole or its first digits.
  let key: String?
  /// The result; nil where only the text is left.
  let result: CellResult?
  /// What the key is made of; empty where unknown.
  let inputs: [(name: String, value: String)]
  /// The text of its output regions; empty for a run.
  let writtenOutput: String
  let writtenTiming: String
  /// Whether it is made of claims, so that its status tells whether they hold.
  let isClaims: Bool
  /// Why the output is not that of the cell as it is, such as its being stale; nil where it is.
  var standing: String?
  /// The directive as planned; nil for a run.
  var planned: PlannedCell?

  /// A result.
  init(id: String, _ result: CellResult, inputs: [(name: String, value: String)]) {
    self.id = id
    key = result.facts.key
    self.result = result
    self.inputs = inputs
    (writtenOutput, writtenTiming) = ("", "")
    isClaims = result.facts.kind == .expect
  }

  /// A directive with what is written under it, and the result that it was written from.
  init(
    _ directive: Directive, key: String?, result: CellResult?,
    inputs: [(name: String, value: String)]
  ) {
    id = directive.id
    self.key = key
    self.result = result
    self.inputs = inputs
    writtenOutput = directive.output?.bodyText ?? ""
    writtenTiming = directive.timing?.bodyText ?? ""
    isClaims = directive.kind == CellKind.expect.rawValue
  }

  /// Whether only the text of its output is left.
  var isRead: Bool { result == nil && !writtenOutput.isEmpty }

  /// The record of the result, under this cell's identifier.
  var record: Record? {
    var record = result?.record
    record?.id = id
    return record
  }

  /// The cell at full precision, or as a reader of its text would know it.
  func snapshot(asWritten: Bool) -> CellSnapshot {
    guard !asWritten, let result else { return written }
    var snapshot = CellSnapshot(id: id, result.facts, inputs: inputs)
    snapshot.status = standing ?? snapshot.status
    if standing == nil, isClaims, case .expect(let claims) = result.record?.output {
      snapshot.status = claims.allSatisfy(\.holds) ? "holds" : "fails"
    }
    return snapshot
  }

  private var written: CellSnapshot {
    var (output, timing) = (writtenOutput, writtenTiming)
    if let record {
      let body = RegionBody(record, options: RegionOptions(figureFolder: ""))
      (output, timing) = (body.output, body.timing ?? "")
    }
    let holds = RegionValues.failedClaims(output).isEmpty
    return CellSnapshot(
      id: id, key: key, status: standing ?? (isClaims ? holds ? "holds" : "fails" : "ok"),
      inputs: inputs,
      values: RegionValues.parse(output) + RegionValues.parse(timing))
  }
}

/// A cell and the plan that it is part of.
struct PlannedCell {
  let cell: Cell
  let plan: ExperimentPlan
}
