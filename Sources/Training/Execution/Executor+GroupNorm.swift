import Kernels
import ModelGraph

/// x and y are [batch · positions, width], statistics [batch, groups, 2].
extension Executor {
  func forward(_ rule: GroupNorm, _ operands: Operands) {
    kernels.groupNormForward(
      rule.shape, x: operands.input(0), gamma: operands.input(1), beta: operands.input(2),
      epsilon: rule.epsilon, into: operands.output(0), statistics: operands.output(1),
      workspace: operands.workspace)
  }

  func backward(_ rule: GroupNormBackward, _ operands: Operands, _ continues: Bool) {
    let adds = rule.earlier.parameters || continues
    kernels.groupNormBackward(
      rule.forward.shape, dy: operands.input(0), x: operands.input(1), gamma: operands.input(2),
      statistics: operands.input(3), epsilon: rule.forward.epsilon,
      into: operands.output(0, adds: rule.earlier.input),
      accumulateInput: rule.earlier.input, gammaGradient: operands.output(1, adds: adds),
      betaGradient: operands.output(2, adds: adds), accumulateParameters: adds,
      workspace: operands.workspace)
  }
}
