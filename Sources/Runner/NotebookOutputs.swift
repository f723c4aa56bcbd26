import Digests
import Experiment
import Foundation
import Glibc
import NotebookSyntax
import Records
import Reporting
import ResultStore

/// The outputs of a run on their way into the notebook: regions, figures, values in prose.
struct NotebookOutputs {
  private let options: RunOptions
  private let project: Project
  /// The file in which the outputs are read: figures are its own, and are named from its folder.
  private let path: String
  private let language: Language
  /// Whether the notebook itself is written: not with other parameters than its own.
  private let writesNotebook: Bool
  /// Whether the outputs go nowhere.
  var areDropped: Bool { options.output == nil && !writesNotebook }
  private var updates: [RegionUpdate] = []
  private var spans: [String: String] = [:]
  private var figures: [Figure] = []
  /// From which results the outputs are made.
  private(set) var regions: [WrittenRegion] = []
  /// The notebook with its outputs, where it goes to the standard output.
  private(set) var standardOutput: [UInt8]?

  init(_ open: OpenNotebook, options: RunOptions) {
    self.options = options
    project = open.project
    path =
      if case .file(let output) = options.output { Project.absolute(output) } else {
        open.file.path
      }
    references = open.notebook.spans.map(\.reference)
    plan = open.plan
    language = open.plan.language.flatMap(Language.init(tag:)) ?? .english
    // Costs are in keys of cells, as parameters are, and the limit in those that depend on it.
    let isLimited = options.settings.memoryLimit != nil
    let overridden =
      open.plan.parameters.contains(where: \.isOverridden) || options.settings.cost != nil
      || (isLimited && open.plan.cells.contains(where: \.dependsOnMemoryLimit))
    writesNotebook =
      options.output == nil && !options.leavesNotebook
      && (!overridden || options.writesOverridden)
  }

  /// Of several results of a cell the one that its written times are of; nil where they are of none.
  func written(among records: [Record], of cell: Cell, in notebook: Notebook) -> Record? {
    guard let times = notebook.directive(cell.id)?.timing, !times.isEdited else { return nil }
    return records.first { RegionBody($0, options: dress(of: cell)).timing == times.bodyText }
  }

  private func dress(of cell: Cell) -> RegionOptions {
    RegionOptions(
      caption: cell.options.caption, label: cell.options.label, language: language,
      figureFolder: project.figureReference(ofNotebook: path))
  }

  /// Sets what is written under a cell.
  ///
  /// - Parameter isWhole: whether the output stands for the cell; one with a gap is written for a key
  ///   of its own, by which it is known.
  mutating func set(_ record: Record, of cell: Cell, isWhole: Bool = true) {
    let body = RegionBody(record, options: dress(of: cell))
    let key = isWhole ? cell.key.hex : OutputRegion.gapKey(cell.key.hex)
    updates.removeAll { $0.id == cell.id }
    updates.append(RegionUpdate(id: cell.id, kind: .out, key: key, body: body.output))
    updates.append(RegionUpdate(id: cell.id, kind: .time, key: key, body: body.timing))
    figures += body.figures
    guard isWhole else { return }
    regions.append(
      WrittenRegion(
        key: record.key, sum: Digest(hashing: body.output).prefix(8),
        environment: record.environment?.identity ?? ""))
  }

  /// Sets the values shown in prose.
  mutating func setSpans(_ records: [String: Record]) {
    spans = [:]
    for (reference, value) in references.compactMap({ value(of: $0, in: records) }) {
      spans[reference] = value
    }
  }

  /// The references that the notebook's prose makes.
  private let references: [String]
  private let plan: ExperimentPlan

  private func value(
    of reference: String, in records: [String: Record]
  ) -> (String, String)? {
    guard let parsed = ValueReference(parsing: reference).map(plan.resolved),
      let value = records[parsed.cell]?.value(parsed.path)
    else { return nil }
    return (reference, value.shownText)
  }

  /// Writes figures, then the notebook or its copy; true if the notebook's file changed.
  mutating func write(_ open: inout OpenNotebook) throws(RunFault) -> Bool {
    let text = open.notebook.applying(outputs: updates, spans: spans)
    switch options.output {
    case .standardOutput:
      standardOutput = text
      try writeFigures()
      return false
    case .file(let output):
      try writeFigures()
      try writeWhole(text, to: output, name: output)
      return false
    case nil:
      guard writesNotebook else { return false }
      try writeFigures()
      let before = open.file.bytes
      try open.file.replace(with: text)
      return open.file.bytes != before
    }
  }

  private func writeFigures() throws(RunFault) {
    guard !figures.isEmpty else { return }
    let folder = project.figureFolder(ofNotebook: path)
    try makeFolder(folder)
    for figure in figures {
      let file = "\(folder)/\(figure.name)"
      if FigureFile(path: file).state == .whole { continue }
      try writeWhole(Array(figure.contents.utf8), to: file, name: file)
    }
  }

  /// The names of the figures that the notebook shows.
  var figureNames: [String] { Set(figures.map(\.name)).sorted() }

  /// Whether these figures are in the notebook's folder, as they were drawn.
  func hasFigures(_ names: [String]) -> Bool {
    let folder = project.figureFolder(ofNotebook: path)
    return names.allSatisfy { FigureFile(path: "\(folder)/\($0)").state == .whole }
  }

  /// Removes figures that nothing in the written notebook refers to any more, nor in one of the
  /// same name elsewhere in the project, as they share a folder.
  func removeUnusedFigures(keeping text: [UInt8]) {
    guard writesNotebook else { return }
    let folder = project.figureFolder(ofNotebook: path)
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return }
    let written = String(decoding: text, as: UTF8.self)
    // Another program's file may be called so; a figure is what its name says.
    let unused = names.filter {
      $0.isFigureName && !written.contains($0)
        && FigureFile(path: "\(folder)/\($0)").state == .whole
    }
    guard !unused.isEmpty else { return }
    let others = ProjectReferences.namesakes(of: path, in: project)
    for name in unused where !others.contains(where: { $0.contains(name) }) {
      unlink("\(folder)/\(name)")
    }
  }
}

extension Language {
  /// The language of a BCP 47 tag, `ja` or `ja-JP`.
  init?(tag: String) { self.init(rawValue: String(tag.prefix(2))) }
}

extension Cell {
  /// Whether the notebook's memory limit is in its key.
  fileprivate var dependsOnMemoryLimit: Bool {
    keyParts.contains { $0.name == "settings.memory_limit" }
  }
}
