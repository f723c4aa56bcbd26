import Checkpointing
import Experiment
import ModelGraph
import Training

/// How much memory the cells that run at once may reserve together.
///
/// The planned arenas of all of them stay within the memory limit of the run, and within what the
/// machine has to give when the run begins; a cell that needs more than that runs alone.
struct JobMemory {
  private let plan: ExperimentPlan
  private let threads: Int
  private let costs: MeasuredCosts
  private let limit: Int
  private var needs: [String: Int] = [:]

  init(_ plan: ExperimentPlan, costs: MeasuredCosts, threads: Int) {
    self.plan = plan
    self.costs = costs
    self.threads = threads
    let machine = MemoryLimits()
    limit =
      [plan.settings.memoryLimit, machine.available, machine.group].compactMap(\.self).min()
      ?? .max
  }

  /// Whether a cell may begin beside others.
  mutating func admits(_ cell: Cell, beside others: [Cell]) -> Bool {
    let taken = others.map { need(of: $0) }.reduce(0, +)
    return others.isEmpty || need(of: cell) <= limit - min(limit, taken)
  }

  /// The bytes that a cell reserves; one that uses a trained model counts as its training.
  private mutating func need(of cell: Cell) -> Int {
    if let known = needs[cell.id] { return known }
    let need = (try? planned(cell)) ?? 0
    needs[cell.id] = need
    return need
  }

  private func planned(_ cell: Cell) throws -> Int {
    let train = cell.trainedCell.flatMap { plan.cell($0) } ?? cell
    guard case .train(let body) = train.body else { return 0 }
    let cost = try costs.cost(of: train)
    return try plan.step(of: body, cost: cost, threads: threads)?.reservedBytes ?? 0
  }
}
