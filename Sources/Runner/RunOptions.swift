public import Experiment
import Records

/// What the command line says about a run.
public struct RunOptions: Sendable {
  /// Parameters given for this run.
  public var overrides: [ParameterOverride] = []
  /// Settings given for this run.
  public var settings = SettingsOverrides()
  /// Run these cells and what they need, nothing else; empty runs all.
  public var only: Set<String> = []
  /// Run the cells with one of these tags and what they need, beside those of `only`.
  public var tags: Set<String> = []
  /// Leave out the cells with one of these tags and all that need them.
  public var skippedTags: Set<String> = []
  /// Leave out what comes before this cell in the document, unless it is needed.
  public var from: String?
  /// Leave out these cells and all that need them.
  public var skip: Set<String> = []
  /// Measured costs that plans of cells are made with, by cell, whatever this machine takes.
  var costs: [String: CostRecord] = [:]
  /// Which cells run although their results are stored.
  public var force = Force.none
  /// Whether stored results are used and new ones stored.
  public var usesStore = true
  /// Whether cells that don't need a failed one still run.
  public var keepsGoing = false
  /// Whether output regions that were edited by hand are written over.
  public var overwritesEdited = false
  /// Where the notebook with its outputs goes; nil puts them into the notebook itself.
  public var output: Output?
  /// Whether a run with other parameters than the notebook's own may change the notebook.
  public var writesOverridden = false
  /// Whether the notebook stays as it is, whatever its parameters are.
  public var leavesNotebook = false
  /// Whether the first failing point of a sweep ends the run.
  public var failsFast = false
  /// The store; nil takes the project's.
  public var storePath: String?
  /// Seconds to wait for another run of the same notebook.
  public var lockPatience = 3600.0
  /// The least time between two saved steps.
  public var saveInterval = Duration.seconds(20)
  /// How many cells run at once, each in a worker process where there may be several.
  public var jobs = 1
  /// The program of worker processes, which execute one cell after the other, and its arguments.
  public var worker: [String] = []
  /// The command as given, for the history.
  public var command = "nbrun"

  /// Creates the options of a plain `nbrun FILE`.
  public init() {}

  /// Which cells run although their results are stored.
  public enum Force: Sendable, Equatable {
    case none
    case all
    case cells(Set<String>)

    func contains(_ id: String) -> Bool {
      switch self {
      case .none: false
      case .all: true
      case .cells(let cells): cells.contains(id)
      }
    }
  }

  /// Where outputs go instead of the notebook.
  public enum Output: Sendable, Equatable {
    case file(String)
    case standardOutput
  }
}
