import Diagnostics
import ModelGraph

/// Reads one directive: collects its faults and the cells that it refers to.
///
/// Each reading method returns nil after it has noted why; callers go on with any fallback, as a
/// notebook with faults has no plan.
final class BodyReader {
  /// Where missing keys are reported: the directive's identifier.
  let place: ByteRange
  /// What the notebook sets for all cells.
  let settings: Settings
  /// The files that bodies may read.
  let project: any ProjectFiles
  private(set) var faults: [PlacedFault] = []
  private(set) var references: [CellReference] = []
  /// Layer names in checkpoint policies, checked once the model is known.
  var blockNames: [(text: String, range: ByteRange)] = []
  /// Names of values in checkpoint policies, checked once the model is known.
  var valueNames: [(text: String, range: ByteRange)] = []
  /// Patterns of parameter names, checked once the model is known.
  var parameterNames: [(text: String, range: ByteRange)] = []
  /// Metrics of evaluations, checked once the model is known.
  var metrics: [(metric: EvaluationMetric, range: ByteRange)] = []
  /// The model of a model directive, lowered for one example.
  var graph: Graph?
  /// Where a prompt is written.
  var promptRange: ByteRange?
  /// Values that claims name, checked once all cells are known.
  var valueUses: [ValueUse] = []
  /// Value names that a comparison shows, checked once all cells are known.
  var columns: [(text: String, range: ByteRange)] = []
  /// Value names that an option grants tolerances, checked once the body is known.
  var tolerated: [(text: String, range: ByteRange)] = []
  /// Notes what is asked for, where the schema is made.
  var trace: ReaderTrace?
  /// Faults of values given outside the notebook.
  private(set) var overrideFaults: [Diagnostic] = []

  init(place: ByteRange, settings: Settings, project: any ProjectFiles) {
    self.place = place
    self.settings = settings
    self.project = project
  }

  /// Notes a fault.
  func note(_ fault: Fault, at range: ByteRange) {
    faults.append(PlacedFault(fault, at: range))
    trace?.note(fault)
  }

  /// Notes a fault of a value given outside the notebook.
  func note(_ fault: Fault, from override: ParameterOverride) {
    overrideFaults.append(
      Diagnostic(
        code: fault.code, message: fault.message, source: override.origin, notes: fault.notes))
  }

  /// Notes that another cell is needed.
  func refer(to reference: CellReference) { references.append(reference) }
}

/// Another cell that a body names.
struct CellReference: Hashable {
  /// The other cell's identifier.
  var id: String
  /// The kinds that make sense here.
  var kinds: [DirectiveKind]
  /// The key that names it: part of the reader's input key.
  var role: String
  /// Where it is named.
  var range: ByteRange
}
