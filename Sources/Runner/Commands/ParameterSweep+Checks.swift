import Diagnostics
import Experiment

extension ParameterSweep {
  /// Checks, before a point is run, what is wrong for all of them: a notebook that no point can be
  /// planned of, a parameter that is set twice, and columns that no cell records.
  ///
  /// A point that can't be planned where others can is a row of the table.
  /// - Throws: `RunFault`, with each diagnostic once.
  public func check(
    _ input: NotebookInput, _ options: RunOptions, columns: [String]
  ) throws(RunFault) {
    try checkParameters(options.overrides)
    let faults = try columnFaults(columns, in: plan(of: input, options))
    guard faults.isEmpty else { throw .invalid(faults) }
  }

  private func checkParameters(_ overrides: [ParameterOverride]) throws(RunFault) {
    for axis in axes where overrides.contains(where: { $0.name == axis.name && $0.isArgument }) {
      throw Self.fault(
        "'\(axis.name)' is set by -P and by --sweep", notes: ["leave out one of them"])
    }
  }

  /// The plan of the first point that can be planned.
  private func plan(
    of input: NotebookInput, _ options: RunOptions
  ) throws(RunFault) -> ExperimentPlan {
    var faults: [Diagnostic] = []
    for point in points {
      do throws(RunFault) {
        let overrides = options.overrides + point.overrides
        return try OpenNotebook(input, overrides: overrides, settings: options.settings).plan
      } catch {
        guard case .invalid(let found) = error else { throw error }
        for fault in found where !faults.contains(where: { $0.saysAs(fault) }) {
          faults.append(fault)
        }
      }
    }
    throw .invalid(faults)
  }

  private func columnFaults(_ columns: [String], in plan: ExperimentPlan) -> [Diagnostic] {
    columns.compactMap { column in
      guard let reference = ValueReference(parsing: column).map(plan.resolved) else {
        return Self.fault(
          of: column, "names no value", notes: ["write a cell and a value: 'gpt.loss.last'"])
      }
      guard let cell = plan.cell(reference.cell) else {
        let owners = plan.cells.filter { $0.valueNames.contains(column) }.map(\.id)
        let note =
          owners.first.map { "write '\($0).\(column)'" }
          ?? nearestWord(to: reference.cell, in: plan.cells.map(\.id)).map {
            "did you mean '\($0)'?"
          }
        return Self.fault(
          of: column, "names no cell of the notebook", notes: [note].compactMap(\.self))
      }
      let names = cell.valueNames
      guard !names.isEmpty, !names.contains(reference.path) else { return nil }
      let near = nearestWord(to: reference.path, in: names)
      return Self.fault(
        of: column, "names no value that '\(cell.id)' records",
        notes: [near.map { "did you mean '\($0)'?" } ?? "values: \(names.joined(separator: ", "))"])
    }
  }

  private static func fault(of column: String, _ message: String, notes: [String]) -> Diagnostic {
    Diagnostic(
      code: "unknown-value", message: "--show \(column) \(message)", source: "nbrun", notes: notes)
  }
}

extension ParameterOverride {
  /// Whether it is given on the command line, not in a file.
  fileprivate var isArgument: Bool { origin.hasPrefix("-P") }
}

extension Diagnostic {
  /// Whether two diagnostics say the same, perhaps of other values of a parameter.
  fileprivate func saysAs(_ other: Diagnostic) -> Bool {
    code == other.code && message == other.message && position == other.position
  }
}
