import Checkpointing
import Experiment
import FoundationEssentials
import Training

/// A notebook as a worker process gets it: everything that decides about its plan.
///
/// It comes as bytes and not as a path, as the file may change while the run goes on.
struct NotebookJob: Codable {
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
  /// The store, which knows the digests of large files; nil takes the project's.
  var storePath: String?
  /// Seconds between two saved steps.
  var saveInterval: Double

  /// A parameter's value.
  struct Override: Codable {
    var name: String
    var text: String
    var origin: String
  }

  init(_ open: OpenNotebook, options: RunOptions) {
    name = open.file.name
    path = open.file.path
    bytes = Data(open.file.bytes)
    overrides = options.overrides.map { Override(name: $0.name, text: $0.text, origin: $0.origin) }
    seed = options.settings.seed
    threads = options.settings.threads
    numerics = options.settings.numerics?.rawValue
    memoryLimit = options.settings.memoryLimit
    cost = options.settings.cost?.rawValue
    storePath = options.storePath
    saveInterval = options.saveInterval.seconds
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
        memoryLimit: memoryLimit, cost: cost.flatMap(CostSource.init)),
      storePath: storePath)
  }
}
