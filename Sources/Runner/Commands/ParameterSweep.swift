import Diagnostics
public import Experiment
public import Records

/// A notebook's parameters with several values each: every combination is a run of its own.
public struct ParameterSweep: Sendable {
  /// The parameters and their values, in the order of the command line.
  public let axes: [Axis]

  /// A parameter and its values.
  public struct Axis: Sendable, Equatable {
    /// The parameter.
    public let name: String
    /// Its values as written.
    public let values: [String]
  }

  /// The most combinations.
  static let mostPoints = 1000

  /// Reads `steps=10,20` and `seed=range(0,5)`: the whole numbers from 0 to 4.
  ///
  /// - Throws: `RunFault.invalid`.
  public init(_ arguments: [String]) throws(RunFault) {
    var axes: [Axis] = []
    for argument in arguments {
      if let (name, value) = Axis.repetition(in: argument) {
        throw Self.fault("--sweep gives '\(name)' the value \(value) twice", notes: [])
      }
      guard let axis = Axis(argument) else {
        throw Self.fault(
          "--sweep takes name=value,value or name='range(first,end)', not '\(argument)'",
          notes: ["for example: --sweep lr=1e-3,3e-4 --sweep seed='range(0,5)'"])
      }
      guard !axes.contains(where: { $0.name == axis.name }) else {
        throw Self.fault("--sweep names '\(axis.name)' twice", notes: ["write all values at once"])
      }
      axes.append(axis)
    }
    let count = axes.map(\.values.count).reduce(1) { min($0 * $1, Self.mostPoints + 1) }
    guard count <= Self.mostPoints else {
      throw Self.fault("more than \(Self.mostPoints) combinations", notes: [])
    }
    self.axes = axes
  }

  static func fault(_ message: String, notes: [String]) -> RunFault {
    .invalid([
      Diagnostic(code: "invalid-sweep", message: message, source: "nbrun", notes: notes)
    ])
  }

  /// All combinations, the last parameter changing first.
  public var points: [Point] {
    axes.reduce([Point(values: [], overrides: [])]) { points, axis in
      points.flatMap { point in
        axis.values.map { value in
          let override = ParameterOverride(
            name: axis.name, text: value, origin: "--sweep \(axis.name)=\(value)")
          return Point(values: point.values + [value], overrides: point.overrides + [override])
        }
      }
    }
  }

  /// A value for each parameter.
  public struct Point: Sendable {
    /// The values in the order of the axes.
    public let values: [String]
    /// The same as overrides of the notebook's own.
    public let overrides: [ParameterOverride]

    /// The point's name: `lr=1e-3, seed=0`.
    public var name: String {
      overrides.map { "\($0.name)=\($0.text)" }.joined(separator: ", ")
    }
  }

  // MARK: - The table

  /// A table of the points without rows yet.
  ///
  /// - Parameter columns: values such as `gpt.loss.last`.
  public func table(columns: [String]) -> SweepSummary {
    SweepSummary(axes: axes.map(\.name), columns: columns, rows: [])
  }

  /// A point's row: the values that its run recorded, or why it has none.
  public func row(
    of point: Point, _ report: RunReport?, fault: RunFault?, columns: [String]
  ) -> SweepSummary.Row {
    let records = Dictionary(
      (report?.cells ?? []).compactMap { cell in cell.record.map { (cell.id, $0) } },
      uniquingKeysWith: { first, _ in first })
    return SweepSummary.Row(
      cell: point.name, coordinates: point.values,
      values: columns.map { column in
        guard let reference = ValueReference(parsing: column)?.resolved(among: Array(records.keys))
        else { return nil }
        return records[reference.cell]?.value(reference.path)
      },
      failure: report?.firstFailure ?? fault.map(FailureRecord.init))
  }

  /// The values that a table shows unless told: loss and peak of each training run.
  public static func usualColumns(of report: RunReport) -> [String] {
    report.cells.filter { $0.kind == .train && !$0.id.hasSuffix("]") }.flatMap {
      ["\($0.id).loss.last", "\($0.id).memory.peak"]
    }
  }
}

extension ParameterSweep.Axis {
  /// Reads `name=a,b` or `name=range(first,end)` or `name=range(first,end,step)`.
  fileprivate init?(_ argument: String) {
    guard let override = ParameterOverride(argument: argument) else { return nil }
    name = override.name
    let text = override.text
    if text.hasPrefix("range("), text.hasSuffix(")") {
      let numbers = text.dropFirst(6).dropLast().split(separator: ",")
        .map { Int($0.filter { $0 != " " }) }
      let bounds = numbers.compactMap(\.self)
      guard (2...3).contains(bounds.count), bounds.count == numbers.count else { return nil }
      let step = bounds.count == 3 ? bounds[2] : 1
      guard step != 0 else { return nil }
      let steps = stride(from: bounds[0], to: bounds[1], by: step)
      values = steps.prefix(ParameterSweep.mostPoints + 1).map(String.init)
    } else {
      values = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    guard !values.isEmpty, values.allSatisfy({ !$0.isEmpty }) else { return nil }
  }

  /// The first value that is written twice.
  fileprivate static func repetition(in argument: String) -> (name: String, value: String)? {
    guard let axis = Self(argument) else { return nil }
    var seen: Set<String> = []
    return axis.values.first { !seen.insert($0).inserted }.map { (axis.name, $0) }
  }
}

extension RunReport {
  /// Why the first cell failed that did.
  fileprivate var firstFailure: FailureRecord? {
    cells.lazy.compactMap { cell in
      if case .failed(let failure) = cell.outcome { failure } else { nil }
    }.first
  }
}
