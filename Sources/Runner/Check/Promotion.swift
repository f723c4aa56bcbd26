import Diagnostics
import Digests
import Experiment
import Glibc
import NotebookSyntax
import Records

/// A corrected file in the place of its notebook: what a second run gave is accepted.
public struct Promotion: Sendable {
  /// The cells whose records went into the store.
  public let storedCells: [String]

  /// Accepts the corrected file of a notebook, and removes it.
  ///
  /// - Throws: `RunFault.invalid` where there is none or the notebook changed since, `.unreadable`,
  ///   `.unwritable`, `.locked`.
  public init(
    _ name: String, options: RunOptions, tell: @escaping (RunEvent) -> Void
  ) throws(RunFault) {
    var file = try NotebookFile(name: name)
    let correctedPath = file.path + CorrectedNotebook.suffix
    guard access(correctedPath, F_OK) == 0 else {
      throw Self.refusal(
        "nothing-to-promote", "there is no \(name)\(CorrectedNotebook.suffix)", name,
        "'nbrun check --rerun \(name)' makes one where outputs differ")
    }
    let project = Project(ofNotebook: file.path)
    let lock = try NotebookLock(
      notebook: file.path, project: project, name: name, patience: options.lockPatience
    ) { tell(.waiting(process: $0)) }
    defer { withExtendedLifetime(lock) {} }
    file = try NotebookFile(name: name)
    let bytes = try NotebookFile(name: correctedPath).bytes
    guard let (text, digest) = CorrectedNotebook.split(bytes) else {
      throw Self.refusal(
        "damaged-correction", "its last line does not say what it was made from",
        name + CorrectedNotebook.suffix, "make it anew: nbrun check --rerun \(name)")
    }
    guard digest == CorrectedNotebook.digest(file.bytes) else {
      throw Self.refusal(
        "changed-since", "the notebook changed since it was checked", name,
        "check it again: nbrun check --rerun \(name)")
    }
    storedCells = try Self.store(file, options: options, tell: tell)
    try file.replace(with: text)
    unlink(correctedPath)
    unlink(TravellingRecords.path(of: file.path))
  }

  /// Stores the records of the second run, so that the next run takes them and not the old ones.
  private static func store(
    _ file: NotebookFile, options: RunOptions, tell: @escaping (RunEvent) -> Void
  ) throws(RunFault) -> [String] {
    guard let travelling = TravellingRecords(path: TravellingRecords.path(of: file.path)) else {
      return []
    }
    let open = try OpenNotebook(
      file: file, overrides: options.overrides, settings: options.settings)
    let environment = try NumericSetup(open.plan.settings).environment
    let history = RunHistory(open, options: options, environment: environment, tell: tell)
    var stored: [String] = []
    for record in travelling.records {
      guard let cell = open.plan.cell(record.id), cell.key.hex == record.key else { continue }
      history.save(record, of: cell)
      stored.append(cell.id)
    }
    history.finish(notebookChanged: false, cells: [])
    return stored
  }

  private static func refusal(
    _ code: String, _ message: String, _ source: String, _ note: String
  ) -> RunFault {
    .invalid([Diagnostic(code: code, message: message, source: source, notes: [note])])
  }
}
