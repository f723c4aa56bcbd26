import Diagnostics
import Experiment
import Foundation
import Glibc
import Records
import ResultStore

/// The store as a run uses it: whatever goes wrong with it is a warning, and the run goes on.
final class RunHistory {
  private var store: Store?
  private let tell: (RunEvent) -> Void
  private let draft: Run
  /// The cells' places in the notebook, from 1.
  private let positions: [String: Int]
  private var run: Run.Identifier?

  init(
    _ open: OpenNotebook, options: RunOptions, environment: EnvironmentRecord,
    tell: @escaping (RunEvent) -> Void
  ) {
    self.tell = tell
    positions = Dictionary(open.plan.cells.enumerated().map { ($1.id, $0 + 1) }) { first, _ in first
    }
    draft = Run(
      notebook: open.storeName, command: options.command, started: Date(),
      environment: environment)
    guard options.usesStore else { return }
    let path = options.storePath ?? open.project.storePath
    let isNew = access(path, F_OK) != 0
    store = attempt { () throws(StoreFault) in try Store(path: path) }
    if isNew, store != nil, options.storePath == nil { open.project.ignorePrivateFiles() }
    if let store { open.digests.keepPending(in: store) }
  }

  func record(key: String, environment: String) -> Record? {
    attempt { () throws(StoreFault) in
      try store?.record(key: key, environment: environment)
    } ?? nil
  }

  /// The latest stored results of a key, newest first.
  func records(key: String, environment: String) -> [Record] {
    attempt { () throws(StoreFault) in
      try store?.records(key: key, environment: environment, limit: 16) ?? []
    } ?? []
  }

  /// Asks the store of all runs.
  func answer(_ query: ResultQuery) throws(QueryFault) -> QueryAnswer {
    guard let store else { throw .noStore("this run uses none") }
    return try store.answer(query)
  }

  func latest(key: String) -> Record? {
    attempt { () throws(StoreFault) in try store?.latest(key: key) } ?? nil
  }

  /// How the latest whole run left the notebook.
  func written() -> WrittenNotebook? {
    attempt { () throws(StoreFault) in try store?.written(notebook: draft.notebook) } ?? nil
  }

  /// Notes how this run left the notebook.
  func note(_ written: WrittenNotebook) {
    attempt { () throws(StoreFault) in try store?.note(written, notebook: draft.notebook) }
  }

  /// Notes from which results the outputs were written.
  func note(_ regions: [WrittenRegion]) {
    attempt { () throws(StoreFault) in try store?.note(regions) }
  }

  /// The identifiers of the stored results of keys; nil where there is no store.
  func newestRecords(_ keys: [(key: String, environment: String)]) -> [Int64?]? {
    attempt { () throws(StoreFault) in try store?.newestRecords(keys) } ?? nil
  }

  /// Whether these are the results that the store's views tell of the notebook's cells, as its latest
  /// runs left them.
  func shows(_ results: [(cell: String, key: String, environment: String)]) -> Bool {
    guard store != nil else { return true }
    let shown = attempt { () throws(StoreFault) in
      try store?.shownResults(notebook: draft.notebook) ?? [:]
    }
    return results.allSatisfy { result in
      shown?[result.cell].map { $0 == (result.key, result.environment) } ?? false
    }
  }

  /// Whether the newest stored result of that key is equal to this one.
  func holds(_ record: Record) -> Bool {
    let identity = record.environment?.identity ?? ""
    guard var stored = self.record(key: record.key, environment: identity) else { return false }
    stored.id = record.id
    return stored == record
  }

  /// Where measured costs of this machine are kept.
  func costShelf(_ environment: EnvironmentRecord) -> CostShelf {
    CostShelf { [self] in
      let setup = MachineSetup(environment)
      return attempt { () throws(StoreFault) in try store?.operationCosts(in: setup) ?? [:] }
        ?? [:]
    } keep: { [self] costs in
      let setup = MachineSetup(environment)
      return attempt { () throws(StoreFault) in
        try store?.keep(costs, in: setup, at: Date()) ?? [:]
      } ?? [:]
    }
  }

  /// Stores a record, and with the first one the run.
  func save(_ record: Record, of cell: Cell) {
    begin()
    guard let store, let run else { return }
    let parts = cell.keyParts.map { ResultStore.KeyPart(name: $0.name, value: $0.value) }
    attempt { () throws(StoreFault) in
      try store.save(
        record, run: run, keyParts: parts, position: positions[record.id], at: Date())
    }
  }

  /// Notes what became of the other cells, if there is anything to note: a run that executed
  /// nothing and changed nothing leaves no trace, unless queries would tell of other results.
  func finish(notebookChanged: Bool, cells: [CellReport]) {
    let reused = cells.compactMap { cell -> Record? in
      guard case .cached(let record) = cell.outcome else { return nil }
      return record
    }
    if notebookChanged || !shows(reused.map { ($0.id, $0.key, $0.environment?.identity ?? "") }) {
      begin()
    }
    guard let store, let run else { return }
    attempt { () throws(StoreFault) in
      try store.reuse(reused, positions: positions, run: run)
      try store.finish(run, at: Date())
    }
  }

  private func begin() {
    guard let store, run == nil else { return }
    var draft = draft
    let state = GitState(folder: Project.folder(of: store.path))
    (draft.gitCommit, draft.gitIsDirty, draft.gitDiff) = (state.commit, state.isDirty, state.diff)
    draft.machine = RunMachine()
    run = attempt { () throws(StoreFault) in try store.begin(draft) }
  }

  /// Does something with the store; on a fault warns once and goes on without it.
  @discardableResult
  private func attempt<Value>(_ body: () throws(StoreFault) -> Value) -> Value? {
    do throws(StoreFault) {
      return try body()
    } catch {
      tell(
        .warning(
          Diagnostic(
            code: error.code, severity: .warning, message: error.message, source: "nbrun",
            notes: error.notes + ["the run goes on without it"])))
      store = nil
      return nil
    }
  }
}
