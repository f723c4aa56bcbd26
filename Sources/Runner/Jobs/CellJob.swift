import Checkpointing
import Digests
import Experiment
import FoundationEssentials

/// A stale cell as a process of its own gets it: everything that decides about its record.
///
/// The notebook comes as bytes and not as a path, as the file may change while the run goes on.
struct CellJob: Codable {
  /// The cell.
  var cell: String
  /// Its key; a process that finds another one has other data files before it.
  var key: String
  /// How messages name the notebook.
  var name: String
  /// Its path without links.
  var path: String
  /// What it held when the run began.
  var bytes: Data
  /// Parameters given for the run.
  var overrides: [Override]
  /// Settings given for the run.
  var seed: Int?
  var threads: Int?
  var numerics: String?
  var memoryLimit: Int?
  var cost: String?
  /// Measured costs that its plan is made with; nil where they could not be measured.
  var costs: [String: Double]?
  /// Seconds between two saved steps.
  var saveInterval: Double
  /// Whether the cell may go on from the last state of a shorter run.
  var continuesEarlier: Bool

  /// A parameter's value.
  struct Override: Codable {
    var name: String
    var text: String
    var origin: String
  }

  init(
    _ cell: Cell, in open: OpenNotebook, options: RunOptions, costs: CostModel?,
    continuesEarlier: Bool
  ) {
    self.cell = cell.id
    key = cell.key.hex
    name = open.file.name
    path = open.file.path
    bytes = Data(open.file.bytes)
    overrides = options.overrides.map { Override(name: $0.name, text: $0.text, origin: $0.origin) }
    seed = options.settings.seed
    threads = options.settings.threads
    numerics = options.settings.numerics?.rawValue
    memoryLimit = options.settings.memoryLimit
    cost = options.settings.cost?.rawValue
    self.costs = costs?.operations
    saveInterval = options.saveInterval.inSeconds
    self.continuesEarlier = continuesEarlier
  }

  /// The notebook, read and checked again.
  func open() throws(RunFault) -> OpenNotebook {
    try OpenNotebook(
      file: NotebookFile(bytes: [UInt8](bytes), name: name, path: path),
      overrides: overrides.map {
        ParameterOverride(name: $0.name, text: $0.text, origin: $0.origin)
      },
      settings: SettingsOverrides(
        seed: seed, threads: threads, numerics: numerics.flatMap(Settings.Numerics.init),
        memoryLimit: memoryLimit, cost: cost.flatMap(CostSource.init)))
  }
}
