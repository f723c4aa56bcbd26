import Kernels
import ModelGraph

/// x and y are [rows, width], statistics [rows], γ [width].
extension Executor {
  func forward(_ rule: RMSNorm, _ operands: Operands) {
    kernels.rmsNormForward(
      x: operands.input(0), gamma: operands.input(1), epsilon: rule.epsilon,
      into: operands.output(0), stats: operands.output(1), rows: rule.rows, width: rule.width)
  }

  func backward(_ rule: RMSNormBackward, _ operands: Operands, _ continues: Bool) {
    let adds = rule.earlier.parameters || continues
    kernels.rmsNormBackward(
      dy: operands.input(0), x: operands.input(1), gamma: operands.input(2),
      stats: operands.input(3), into: operands.output(0, adds: rule.earlier.input),
      accumulateInput: rule.earlier.input, gammaGradient: operands.output(1, adds: adds),
      accumulateParameters: adds, rows: rule.forward.rows, width: rule.forward.width,
      workspace: operands.workspace)
  }
}
