public import NotebookSyntax

extension ExperimentPlan {
  /// Reads and checks a whole notebook.
  ///
  /// - Parameters:
  ///   - notebook: the notebook; its own diagnostics are part of the result.
  ///   - overrides: parameters given for this run; the last one of a name wins.
  ///   - settings: settings given for this run.
  ///   - project: the files that the notebook may read.
  ///   - engineVersion: a part of every key.
  public static func make(
    notebook: Notebook, overrides: [ParameterOverride] = [],
    settings: SettingsOverrides = SettingsOverrides(), project: any ProjectFiles,
    engineVersion: String
  ) -> PlanningResult {
    var planner = Planner(notebook: notebook, project: project, engineVersion: engineVersion)
    planner.readFrontMatter(overrides: overrides, settings: settings)
    planner.readDirectives()
    planner.resolveSweeps()
    planner.addImplicitReferences()
    planner.resolveReferences()
    planner.checkFits()
    return planner.result()
  }
}
