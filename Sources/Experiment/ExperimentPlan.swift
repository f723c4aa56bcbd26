public import Diagnostics

/// A notebook as it will be run: parameters inserted, references resolved, files read, keys known.
///
/// A plan exists only where nothing is wrong with the notebook, and nothing outside can change it
/// any more: the contents of data files are part of it.
public struct ExperimentPlan: Sendable {
  /// The front matter's title.
  public var title: String?
  /// The front matter's `lang`, a BCP 47 tag as Pandoc has it: the language of the outputs.
  public var language: String?
  /// What holds for all cells.
  public var settings: Settings
  /// The declared parameters with their values in this run.
  public var parameters: [ParameterDeclaration]
  /// The cells in the order of the document.
  public var cells: [Cell]
  /// Positions in `cells`, each after those it needs, otherwise in the order of the document.
  public var executionOrder: [Int]

  /// The cell with an identifier.
  public func cell(_ id: String) -> Cell? { cells.first { $0.id == id } }
}

/// A plan, or everything that is wrong with the notebook.
public struct PlanningResult: Sendable {
  /// The plan; nil where a diagnostic is an error.
  public var plan: ExperimentPlan?
  /// All faults, in the order of the notebook; faults of the command line come first.
  public var diagnostics: [Diagnostic]
}
