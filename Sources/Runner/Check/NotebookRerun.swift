import Digests
import Experiment
import NotebookSyntax
import Records
public import Reporting

/// A second run of a notebook that is compared with what is written there, and changes neither the
/// notebook nor its store.
public struct NotebookRerun: Sendable {
  /// The notebook as the user named it.
  public let file: String
  /// The measure of each cell that was compared, in the order of the document.
  public let bases: [(cell: String, basis: RerunBasis)]
  /// What differs.
  public let differences: RecordDiff
  /// What is wrong, in the order of the document.
  public let findings: [Finding]
  /// The notebook with the outputs that differ as the second run gave them; nil where none does.
  public let corrected: CorrectedNotebook?
  /// What the second run means to the caller, the comparison aside.
  public let runExitCode: ExitCode
  /// The threads that the second run took over from the records; nil where it did not have to.
  public let recordedThreads: Int?

  /// Runs a notebook again and compares.
  ///
  /// - Parameters:
  ///   - tell: hears what happens.
  ///   - shouldStop: asked after each step; true stops the run.
  /// - Throws: `RunFault`.
  public init(
    _ name: String, options: RunOptions, tell: @escaping (RunEvent) -> Void,
    shouldStop: @escaping () -> Bool = { false }
  ) throws(RunFault) {
    let open = try OpenNotebook(name, overrides: options.overrides, settings: options.settings)
    let written = try DiffSide(.file(name), storePath: options.storePath)
    var options = options
    recordedThreads = Self.threads(of: written, open: open)
    options.settings.threads = recordedThreads ?? options.settings.threads
    // What is compared are plans of one and the same costs.
    for cell in written.cells { options.costs[cell.id] = cell.record?.costs }
    let report = try Self.run(name, options: options, tell: tell, shouldStop: shouldStop)
    let judge = RerunJudge(open: open, written: written, report: report)
    file = name
    bases = judge.bases
    differences = judge.differences
    findings = judge.findings
    runExitCode = report.exitCode == .differences ? .ok : report.exitCode
    corrected = try judge.corrected
  }

  /// Nothing differs and nothing failed, or the first thing that did.
  public var exitCode: ExitCode {
    runExitCode != .ok ? runExitCode : findings.isEmpty ? .ok : .differences
  }

  /// Worker threads have scratch space, so memory is compared with as many of them as were recorded,
  /// where neither the notebook nor the command line says how many.
  private static func threads(of side: DiffSide, open: OpenNotebook) -> Int? {
    guard open.plan.settings.threads == nil else { return nil }
    let recorded = Set(side.cells.compactMap { $0.result?.facts.environment?.threads })
    guard recorded.count == 1, let threads = recorded.first,
      threads != NumericSetup.defaultThreads
    else { return nil }
    return threads
  }

  private static func run(
    _ name: String, options: RunOptions, tell: @escaping (RunEvent) -> Void,
    shouldStop: @escaping () -> Bool
  ) throws(RunFault) -> RunReport {
    var options = options
    options.force = .all
    options.usesStore = false
    options.keepsGoing = true
    options.overwritesEdited = true
    options.output = .standardOutput
    let open = try OpenNotebook(name, overrides: options.overrides, settings: options.settings)
    // Saved steps are the notebook's, so no other run of it may go on meanwhile.
    let lock = try NotebookLock(
      notebook: open.file.path, project: open.project, name: name,
      patience: options.lockPatience
    ) { tell(.waiting(process: $0)) }
    defer { withExtendedLifetime(lock) {} }
    return try NotebookRun(open, options: options, tell: tell, shouldStop: shouldStop).run()
  }
}
