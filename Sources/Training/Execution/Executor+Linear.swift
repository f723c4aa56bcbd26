import Checkpointing
import KernelTable
import Kernels
import ModelGraph

/// x is [rows, in], W [out, in], b [out], y [rows, out].
extension Executor {
  func forward(_ rule: Linear, _ operands: Operands) {
    kernels.linearForward(
      x: operands.input(0), weight: operands.input(1),
      bias: rule.hasBias ? operands.input(2) : nil,
      residual: rule.hasResidual ? operands.input(rule.residualIndex) : nil,
      runs: rule.hasPadding ? unpadded(operands.indices(rule.paddingIndex), rule.rows) : nil,
      into: operands.output(0), rows: rule.rows, inFeatures: rule.inFeatures,
      outFeatures: rule.outFeatures, workspace: operands.workspace)
  }

  func backward(_ rule: LinearBackwardInput, _ operands: Operands) {
    kernels.linearBackwardInput(
      dy: operands.input(0), weight: operands.input(1),
      into: operands.output(0, adds: rule.accumulates), accumulate: rule.accumulates,
      rows: rule.forward.rows, inFeatures: rule.forward.inFeatures,
      outFeatures: rule.forward.outFeatures, workspace: operands.workspace)
  }

  func backward(_ rule: LinearBackwardWeight, _ operands: Operands, _ continues: Bool) {
    let adds = rule.accumulates || continues
    kernels.linearBackwardWeight(
      dy: operands.input(0), x: operands.input(1), into: operands.output(0, adds: adds),
      accumulate: adds, rows: rule.forward.rows, inFeatures: rule.forward.inFeatures,
      outFeatures: rule.forward.outFeatures, workspace: operands.workspace)
  }

  func backward(_ rule: BiasBackward, _ operands: Operands, _ continues: Bool) {
    let adds = rule.accumulates || continues
    kernels.biasBackward(
      dy: operands.input(0), into: operands.output(0, adds: adds), accumulate: adds,
      rows: rule.rows, width: rule.width, workspace: operands.workspace)
  }

  /// The rows that the mask doesn't call padding, and the first of each example, which always counts.
  private func unpadded(_ mask: UnsafePointer<Int32>, _ rows: Int) -> RowRuns? {
    RowRuns(rows: rows) { mask[$0] != 0 || $0.isMultiple(of: program.time) }
  }
}
