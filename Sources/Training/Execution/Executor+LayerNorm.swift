import Kernels
import ModelGraph

/// x and y are [rows, width], statistics [rows, 2], γ and β [width].
extension Executor {
  func forward(_ rule: LayerNorm, _ operands: Operands) {
    kernels.layerNormForward(
      x: operands.input(0), gamma: operands.input(1), beta: operands.input(2),
      epsilon: rule.epsilon, into: operands.output(0), stats: operands.output(1),
      rows: rule.rows, width: rule.width)
  }

  func backward(_ rule: LayerNormBackward, _ operands: Operands, _ continues: Bool) {
    let adds = rule.earlier.parameters || continues
    kernels.layerNormBackward(
      dy: operands.input(0), x: operands.input(1), gamma: operands.input(2),
      stats: operands.input(3), into: operands.output(0, adds: rule.earlier.input),
      accumulateInput: rule.earlier.input, gammaGradient: operands.output(1, adds: adds),
      betaGradient: operands.output(2, adds: adds), accumulateParameters: adds,
      rows: rule.forward.rows, width: rule.forward.width, workspace: operands.workspace)
  }
}
