import Diagnostics
import Digests
import Experiment
import NotebookSyntax
import Records
import Reporting
import ResultStore

/// One side of a comparison.
struct DiffSide {
  /// How messages name it.
  let name: String
  /// Its cells, in their order.
  let cells: [DiffCell]
  /// The tolerances that its notebook grants.
  let tolerances: [String: [String: Tolerances.Bound]]

  /// Reads a side.
  ///
  /// - Throws: `RunFault.unreadable`, `.revision`, `.noRecord`, `.invalid`, `.store`.
  init(_ operand: DiffOperand, storePath: String?) throws(RunFault) {
    switch operand {
    case .run(let number):
      try self.init(run: number, name: operand.name, storePath)
    case .file(let file):
      let bytes = try NotebookFile(name: file).bytes
      try self.init(bytes, name: file, at: ProjectPath(file), storePath)
    case .revision(let revision, let path, let folder):
      let bytes = try GitFile.contents(revision, path: path, folder: folder)
      let place = try GitFile.workTreePath(path, folder: folder)
      try self.init(bytes, name: operand.name, at: ProjectPath(place), storePath)
    }
  }

  /// A side without cells.
  init() { (name, cells, tolerances) = ("", [], [:]) }

  private init(run number: Int64, name: String, _ storePath: String?) throws(RunFault) {
    let stored = try StoredResults(of: ProjectPath(nil).project, path: storePath)
    let records = try stored.ask { store throws(StoreFault) in
      try store.run(number) == nil ? nil : try store.records(run: number)
    }
    guard let records = records ?? nil else { throw .noRecord(name) }
    self.name = name
    cells = try records.map { record throws(RunFault) in
      DiffCell(record, inputs: try stored.keyParts(key: record.key))
    }
    tolerances = [:]
  }

  private init(
    _ bytes: [UInt8], name: String, at path: ProjectPath, _ storePath: String?
  ) throws(RunFault) {
    let notebook = Notebook(parsing: SourceText(name: name, bytes: bytes))
    guard !notebook.hasErrors else { throw .invalid(notebook.diagnostics) }
    let stored = try StoredResults(of: path.project, path: storePath)
    // A plan tells keys and tolerances; a notebook that has none can still be compared.
    let plan = try? OpenNotebook(
      file: NotebookFile(bytes: bytes, name: name, path: path.path), overrides: [],
      settings: SettingsOverrides()
    ).plan
    self.name = name
    cells = try notebook.directives.map { directive throws(RunFault) in
      try Self.cell(directive, planned: plan?.cell(directive.id), stored)
    }.compactMap(\.self)
    tolerances = Dictionary(
      (plan?.cells ?? []).map { cell in
        (cell.id, cell.options.tolerance.mapValues { Tolerances.Bound(relative: $0) })
      }
    ) { first, _ in first }
  }

  /// What is written under a directive; where nothing is, what the store has for it.
  private static func cell(
    _ directive: Directive, planned: Cell?, _ stored: StoredResults
  ) throws(RunFault) -> DiffCell? {
    guard let key = directive.output?.key ?? planned?.key.hex else { return nil }
    let records = try stored.records(key: key)
    guard let region = directive.output else {
      guard var record = records.last else { return nil }
      record.id = directive.id
      return DiffCell(record, inputs: try stored.keyParts(key: key))
    }
    var record = region.isEdited ? nil : records.last { $0.isSource(of: region) }
    record?.id = directive.id
    var inputs = try stored.keyParts(key: key)
    if inputs.isEmpty, let planned, planned.key.hex.hasPrefix(key) {
      inputs = planned.keyParts.map { ($0.name, $0.value) }
    }
    return DiffCell(directive, key: key, record: record, inputs: inputs)
  }
}
