import Checkpointing
import Experiment
import Kernels
import ModelGraph
import Training

/// How much memory the cells that are executed at once may reserve together.
///
/// The planned arenas of all of them stay within the memory limit of each of their runs, and within
/// what the machine has to give when the first run begins; a cell that needs more than that runs
/// alone.
struct JobMemory {
  private let machine: Int
  private var needs: [Place: Int] = [:]

  private struct Place: Hashable {
    let run: Int
    let cell: String
  }

  init() {
    let limits = MemoryLimits()
    machine = [limits.available, limits.group].compactMap(\.self).min() ?? .max
  }

  /// Whether a cell may begin beside others.
  mutating func admits(
    _ cell: Cell, of run: ScheduledRun, beside others: [WorkerProcess.Assignment]
  ) -> Bool {
    if others.isEmpty { return true }
    let taken = others.map { need(of: $0.cell, in: $0.run) }.reduce(0, +)
    let limits = ([run] + others.map(\.run)).compactMap(\.run.open.plan.settings.memoryLimit)
    let limit = min(limits.min() ?? .max, machine)
    return need(of: cell, in: run) <= limit - min(limit, taken)
  }

  /// The bytes that a cell reserves; one that uses a trained model counts as its training.
  private mutating func need(of cell: Cell, in run: ScheduledRun) -> Int {
    let place = Place(run: run.plan.place.index, cell: cell.id)
    if let known = needs[place] { return known }
    let need = (try? planned(cell, run.run)) ?? 0
    needs[place] = need
    return need
  }

  private func planned(_ cell: Cell, _ run: NotebookRun) throws -> Int {
    let plan = run.open.plan
    let train = cell.trainedCell.flatMap { plan.cell($0) } ?? cell
    guard case .train(let body) = train.body else { return 0 }
    let (cost, threads) = (try run.costs.cost(of: train), run.numerics.kernels.threads)
    return try plan.step(of: body, cost: cost, threads: threads)?.reservedBytes ?? 0
  }
}
