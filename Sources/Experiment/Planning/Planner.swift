import Diagnostics
import Digests
import ModelGraph
import NotebookSyntax

/// Makes a plan of a notebook in passes, each over all cells, so that all faults are found.
struct Planner {
  let notebook: Notebook
  let project: any ProjectFiles
  let engineVersion: String
  var front = FrontMatterValues()
  var drafts: [Draft] = []
  /// Where each cell is among the drafts: a sweep has up to a thousand of them, which refer to others.
  private var positions: [String: Int] = [:]
  /// Faults of the notebook's text.
  var faults: [PlacedFault] = []
  /// Faults of values given outside the notebook.
  var overrideFaults: [Diagnostic] = []
  /// The cells in an order in which each comes after those it needs; empty while circles exist.
  var order: [Int] = []
  /// The models of pretrained cells, lowered for one example; others have theirs from reading.
  var pretrainedGraphs: [String: Graph] = [:]

  /// A directive on its way to a cell.
  struct Draft {
    var kind: DirectiveKind
    var directive: Directive
    var options: CellOptions
    /// nil where the body is faulty.
    var body: CellBody?
    var reader: BodyReader
    /// Its place in a sweep.
    var point: SweepPoint?
    /// The cells that its body names.
    var named: [CellReference]
    /// The values that its claims name.
    var valueUses: [ValueUse]
    /// The references to cells that exist and have the right kind.
    var references: [CellReference] = []
    /// Whether it names no cells and takes all that run before it.
    var takesWhatIsThere = false

    init(
      kind: DirectiveKind, directive: Directive, options: CellOptions, body: CellBody?,
      reader: BodyReader, point: SweepPoint? = nil
    ) {
      self.kind = kind
      self.directive = directive
      self.options = options
      self.body = body
      self.reader = reader
      self.point = point
      named = reader.references
      valueUses = reader.valueUses
    }

    /// The identifier of its cell.
    var id: String { point?.id ?? directive.id }
  }

  init(notebook: Notebook, project: any ProjectFiles, engineVersion: String) {
    self.notebook = notebook
    self.project = project
    self.engineVersion = engineVersion
  }

  /// The position of a cell, once sweeps are resolved.
  func index(of id: String) -> Int? { positions[id] }

  /// Notes where each cell is; of an identifier that occurs twice the first counts.
  mutating func notePositions() {
    positions = Dictionary(drafts.enumerated().map { ($1.id, $0) }) { first, _ in first }
  }

  /// The plan, if nothing is wrong.
  func result() -> PlanningResult {
    var seen: Set<PlacedFault> = []
    let own = faults.filter { seen.insert($0).inserted }
      .map { $0.diagnostic(in: notebook.source) }
    let origin = SourcePosition(line: 0, column: 0)
    let placed = (notebook.diagnostics + own).enumerated().sorted { left, right in
      (left.element.position ?? origin, left.offset)
        < (right.element.position ?? origin, right.offset)
    }
    let diagnostics = overrideFaults + placed.map(\.element)
    let isFaulty = diagnostics.contains { $0.severity == .error }
    return PlanningResult(plan: isFaulty ? nil : plan(), diagnostics: diagnostics)
  }
}
