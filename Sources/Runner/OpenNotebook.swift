public import Diagnostics
public import Experiment
public import NotebookSyntax

/// A notebook with all that a command needs to know of it: text, plan, project.
public struct OpenNotebook: Sendable {
  /// The file.
  public var file: NotebookFile
  /// The parsed text.
  public let notebook: Notebook
  /// The checked plan.
  public let plan: ExperimentPlan
  /// Where it belongs.
  public let project: Project
  /// Warnings; errors would have been thrown.
  public let warnings: [Diagnostic]
  let digests: KeptFileDigests

  /// Reads, parses and checks a notebook.
  ///
  /// - Parameter storePath: the store with the digests of large files; the project's by default.
  /// - Throws: `RunFault.invalid` with everything that is wrong, or `.unreadable`.
  public init(
    _ name: String, overrides: [ParameterOverride] = [],
    settings: SettingsOverrides = SettingsOverrides(), storePath: String? = nil
  ) throws(RunFault) {
    let file = try NotebookFile(name: name)
    try self.init(
      file: file, overrides: overrides, settings: settings, storePath: storePath)
  }

  /// Takes a file as it was read, and its notebook where that was parsed already.
  init(
    file: NotebookFile, parsed: Notebook? = nil, overrides: [ParameterOverride],
    settings: SettingsOverrides, storePath: String? = nil
  ) throws(RunFault) {
    guard !file.bytes.isEmpty else {
      throw .invalid([
        Diagnostic(
          code: "empty-notebook", message: "the file is empty", source: file.name,
          notes: ["a notebook is Markdown with directives: ```yaml {.nbrun-train #my-train}"])
      ])
    }
    self.file = file
    project = Project(ofNotebook: file.path)
    notebook = parsed ?? Notebook(parsing: SourceText(name: file.name, bytes: file.bytes))
    digests = KeptFileDigests(storePath: storePath ?? project.storePath)
    let files: FolderFiles
    do throws(FileFault) {
      files = try FolderFiles(root: project.root, digests: digests)
    } catch {
      throw .unreadable(name: project.root, reason: error.message)
    }
    let result = ExperimentPlan.make(
      notebook: notebook, overrides: overrides, settings: settings, project: files,
      engineVersion: Engine.version)
    guard let plan = result.plan, !result.diagnostics.contains(where: { $0.severity == .error })
    else { throw .invalid(result.diagnostics) }
    self.plan = plan
    warnings = result.diagnostics
    let faults = queryFaults + plotFaults
    guard faults.isEmpty else { throw .invalid(result.diagnostics + faults) }
  }

  /// The notebook's path from the project's folder: its name in the store.
  public var storeName: String { project.relative(file.path) }

  /// The cell with an identifier.
  ///
  /// - Throws: `RunFault.unknownCell`.
  public func cell(_ id: String) throws(RunFault) -> Cell {
    guard let cell = plan.namedCell(id) else {
      throw .unknownCell(id: id, known: plan.cells.map(\.id))
    }
    return cell
  }
}

/// The engine as a part of keys.
public enum Engine {
  /// Changes whenever a number of any result may change.
  public static let version = "5"
  /// The program's version.
  public static let release = "0.1.0"
}
