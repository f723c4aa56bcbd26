public import Diagnostics

/// What a check of one notebook came to, for people and for programs.
public struct CheckReport: Sendable {
  /// The notebook as the user named it.
  public let file: String
  /// Its cells with the lines of their fences; empty where it could not be read.
  public let cells: [(id: String, line: Int)]
  /// What is wrong, in the order of the document.
  public private(set) var findings: [Finding]
  /// How the cells of a second run were compared.
  public private(set) var bases: [(cell: String, basis: RerunBasis)] = []
  /// Why the notebook could not be checked.
  public let errors: [Diagnostic]

  /// Takes a check.
  public init(_ check: NotebookCheck) {
    file = check.file
    cells = check.cells
    findings = check.findings
    errors = []
  }

  /// Takes the fault that kept a notebook from being checked.
  public init(file: String, errors: [Diagnostic]) {
    self.file = file
    cells = []
    findings = []
    self.errors = errors
  }

  /// Ok, or that there are findings.
  public var exitCode: ExitCode { findings.isEmpty ? .ok : .differences }

  /// Adds what a second run found.
  ///
  /// A cell that is known to be stale, or without an output, is not told of twice.
  public mutating func add(_ rerun: NotebookRerun) {
    bases = rerun.bases
    let known = Set(
      findings.filter { [.stale, .missing, .edited].contains($0.kind) }.map(\.cell))
    findings += rerun.findings.filter { $0.kind == .failed || !known.contains($0.cell) }
    findings.sort { $0.line < $1.line }
  }

  /// Several reports for programs.
  public static func json(_ reports: [CheckReport]) -> JSONValue {
    let findings = reports.flatMap(\.findings)
    let isClean = findings.isEmpty && reports.allSatisfy(\.errors.isEmpty)
    return .object([
      ("ok", .bool(isClean)), ("findings", .array(findings.map(\.json))),
      ("compared", .array(reports.flatMap(\.basesJSON))),
      ("errors", .array(reports.flatMap { $0.errors.map(\.json) })),
    ])
  }

  private var basesJSON: [JSONValue] {
    bases.map { cell, basis in
      .object([
        ("file", .string(file)), ("cell", .string(cell)),
        ("measure", .string(basis.measure.rawValue)), ("reason", .string(basis.reason)),
      ])
    }
  }
}

extension Diagnostic {
  fileprivate var json: JSONValue {
    .object([
      ("file", .string(source)), ("line", .optional(position?.line)),
      ("severity", .string(severity.rawValue)), ("code", .string(code)),
      ("message", .string(message)), ("notes", .strings(notes)),
    ])
  }
}
