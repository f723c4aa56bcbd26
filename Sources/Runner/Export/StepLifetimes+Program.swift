import Checkpointing
import Experiment
import ModelGraph
import Publishing
import Records
import Training

/// A training cell's step, compiled again: what it says of memory is what the run was.
struct CompiledStep {
  let memory: MemoryRecord
  let lifetimes: StepLifetimes
  /// The operations on numbers of a forward and backward pass with its update.
  let flops: Double

  /// Compiles a train cell's step; nil for other cells and for what can't be compiled.
  ///
  /// - Parameters:
  ///   - cost: what the run's plan was made with; nil where nobody knows, and nothing is compiled.
  ///   - threads: those of the run, as scratch space depends on them.
  init?(_ cell: Cell, in plan: ExperimentPlan, cost: CostModel?, threads: Int) {
    guard case .train(let body) = cell.body, let cost,
      let program = try? plan.step(of: body, cost: cost, threads: threads)
    else { return nil }
    memory = MemoryRecord(
      plan: program.memory, reserved: program.reservedBytes, offload: body.offload)
    flops = Double(program.memory.flops + program.memory.recomputedFlops)
    lifetimes = StepLifetimes(
      operations: program.memory.operations,
      tensors: program.memory.lifetimes.map {
        StepLifetimes.Tensor(name: $0.name, bytes: $0.byteCount, positions: $0.positions)
      })
  }
}
