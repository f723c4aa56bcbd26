import Checkpointing
import Digests
import Experiment
import ModelGraph
import Records
import ResultStore

/// The training cells of a notebook that have to run and that take long.
public struct DearCells: Sendable {
  /// A cell and about how long it will take.
  public struct Cell: Sendable, Equatable {
    /// The cell.
    public let id: String
    /// Seconds, from an earlier run of the cell or from its operations; nil where neither tells.
    public let seconds: Double?
  }

  /// The cells in the order of the document.
  public let cells: [Cell]

  /// Finds the cells without a stored result that will take more than some seconds, or nobody knows
  /// how many.
  ///
  /// - Throws: `RunFault` where the notebook can't be read or is wrong. A store that can't be read
  ///   holds nothing.
  public init(_ file: String, options: RunOptions, limit: Double) throws(RunFault) {
    let open = try OpenNotebook(file, overrides: options.overrides, settings: options.settings)
    let numerics = try NumericSetup(open.plan.settings)
    let stored = (try? StoredResults(of: open.project, path: options.storePath)) ?? StoredResults()
    var cells: [Cell] = []
    for cell in open.plan.cells where cell.isActive {
      guard case .train(let body) = cell.body else { continue }
      let identity = numerics.environment.identity
      let record = Self.record(in: stored) { store throws(StoreFault) in
        try store.record(key: cell.key.hex, environment: identity)
      }
      let isThere = record != nil && open.project.missingModel(of: cell, record) == nil
      guard !isThere || !cell.options.usesCache || !options.usesStore else { continue }
      let latest = Self.record(in: stored) { store throws(StoreFault) in
        try store.latestRecord(cell: cell.id, notebook: open.storeName)
      }
      let seconds =
        Self.recorded(latest, body)
        ?? Self.predicted(body, cell, open.plan, threads: numerics.environment.threads)
      if seconds.map({ $0 > limit }) ?? true { cells.append(Cell(id: cell.id, seconds: seconds)) }
    }
    self.cells = cells
  }

  /// What a store has; nothing where it can't be read.
  private static func record(
    in stored: StoredResults, _ question: (Store) throws(StoreFault) -> Record?
  ) -> Record? {
    do throws(RunFault) {
      return try stored.ask(question) ?? nil
    } catch {
      return nil
    }
  }

  /// The steps at the pace of the latest run of the cell, whatever it was then.
  private static func recorded(_ record: Record?, _ body: TrainCell) -> Double? {
    guard let record, let timing = record.timing, case .train(let summary) = record.output,
      timing.stepMedian > 0
    else { return nil }
    switch body.duration {
    case .steps(let steps): return timing.stepMedian * Double(steps)
    case .epochs(let epochs):
      guard summary.epochs > 0 else { return nil }
      return timing.stepMedian * Double(summary.steps) / summary.epochs * Double(epochs)
    }
  }

  /// Operations a second that a step is taken to reach on one thread: a guess on the safe side.
  private static let pace = 1e10

  private static func predicted(
    _ body: TrainCell, _ cell: Experiment.Cell, _ plan: ExperimentPlan, threads: Int
  ) -> Double? {
    guard case .steps(let steps) = body.duration,
      let step = CompiledStep(cell, in: plan, cost: .standard, threads: threads)
    else { return nil }
    return step.flops * Double(body.accumulate) * Double(steps) / (Self.pace * Double(threads))
  }
}
