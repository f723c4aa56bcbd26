import Checkpointing
import Diagnostics
import Digests
import Experiment
import Glibc
import NotebookSyntax
import Publishing
import Records
import Reporting
import ResultStore

/// A notebook on its way to a page: everything about it that is in the project and its store.
struct NotebookPage {
  let open: OpenNotebook
  /// The page; its address is the site's to give.
  var page: SitePage
  private let files: FolderFiles

  /// - Throws: `RunFault` where the notebook can't be read or is wrong, or the store can't be read.
  init(_ name: String, options: RunOptions) throws(RunFault) {
    open = try OpenNotebook(name, overrides: options.overrides, settings: options.settings)
    do throws(FileFault) {
      files = try FolderFiles(root: open.project.root)
    } catch {
      throw .unreadable(name: open.project.root, reason: error.message)
    }
    let stored =
      options.usesStore
      ? try StoredResults(of: open.project, path: options.storePath) : StoredResults()
    let language = open.plan.language ?? "en"
    page = SitePage(
      notebook: open.notebook,
      title: open.plan.title ?? SitePage.heading(of: open.notebook)
        ?? Project.stem(of: open.file.path),
      language: language, address: "")
    for state in open.cellStates {
      let cell = try open.cell(state.id)
      let latest = try ShownRecord(of: cell, in: open, stored)?.record
      page.cells[state.id] = PageCell(
        mark: mark(state, latest), showsDirective: cell.options.echo)
      for figure in figures(of: cell, latest) { page.figures[figure.name] = figure }
    }
  }

  private func mark(_ state: CellState, _ latest: Record?) -> CellMark {
    if let latest, latest.status == .failed, latest.key == state.key, state.standing != .inactive {
      return .failed(latest.failure?.message ?? "")
    }
    switch state.standing {
    case .fresh:
      let failing = open.failedClaims(of: state.id).count
      return failing > 0 ? .claimsFail(failing) : .fresh
    case .stale: return .stale
    case .incomplete: return .failed("some of the points that it shows failed")
    case .missing: return .missing
    case .edited: return .edited
    case .inactive: return .inactive
    }
  }

  /// The figures of a train cell that readers can explore, where the page shows them.
  ///
  /// A figure is told by the digest in its name: if the store has the record that it was drawn from,
  /// or the cell compiles to the very timeline, what the page tells of it is exact.
  private func figures(of cell: Cell, _ latest: Record?) -> [PageFigure] {
    guard case .train(let body) = cell.body, let output = open.notebook.directive(cell.id)?.output
    else {
      return []
    }
    let language = Language(tag: page.language) ?? .english
    func isShown(_ figure: PageFigure?) -> Bool {
      figure.map { output.bodyText.contains($0.name) } ?? false
    }
    var figures: [PageFigure] = []
    if let latest {
      figures += [PageFigure.loss(of: latest, language: language)].compactMap(\.self)
    }
    let plain = latest.flatMap {
      PageFigure.timeline(of: $0, lifetimes: nil, language: language)
    }
    guard latest == nil || isShown(plain) else { return figures.filter { isShown($0) } }
    let threads =
      latest?.environment?.threads ?? open.plan.settings.threads ?? NumericSetup.defaultThreads
    var exact: PageFigure?
    let cost = CostModel(of: body, recorded: latest)
    if let step = CompiledStep(cell, in: open.plan, cost: cost, threads: threads) {
      var record =
        latest
        ?? Record(
          id: cell.id, kind: .train, status: .ok, key: cell.key.hex, output: .none)
      if record.memory?.timeline ?? step.memory.timeline == step.memory.timeline {
        record.memory = step.memory
        exact = PageFigure.timeline(of: record, lifetimes: step.lifetimes, language: language)
      }
    }
    figures += [exact ?? plain].compactMap(\.self)
    return figures.filter { isShown($0) }
  }

  /// The image behind an address in the notebook, if it is a file of the project.
  func image(_ address: String) -> PageImage {
    if address.hasPrefix("//") || address.contains("://") { return .remote }
    let here = open.project.relative(open.file.path)
    guard let path = RelativeAddress.resolved(RelativeAddress.decoded(address), from: here),
      let bytes = try? files.contents(of: path), bytes.count <= Self.imageLimit
    else { return .missing }
    return .file(bytes)
  }

  /// The largest image that is put into a page, in bytes.
  private static let imageLimit = 16 << 20
}
