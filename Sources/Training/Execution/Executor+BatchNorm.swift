import KernelTable
import Kernels
import ModelGraph

/// x and y are [rows, width], statistics [2, width]: mean and variance.
extension Executor {
  func forward(_ rule: BatchNorm, _ operands: Operands) {
    let (x, statistics) = (operands.input(0), operands.output(1))
    let (rows, width) = (rule.shape.rows, rule.shape.width)
    kernels.batchNormStatistics(
      x: x, into: statistics, rows: rows, width: width, workspace: operands.workspace)
    normalize(
      rule.shape, x: x, mean: statistics, variance: statistics + width,
      residual: rule.shape.hasResidual ? operands.input(3) : nil, operands)
  }

  func forward(_ rule: BatchNormEvaluation, _ operands: Operands) {
    normalize(
      rule.shape, x: operands.input(0), mean: operands.input(3), variance: operands.input(4),
      residual: rule.shape.hasResidual ? operands.input(5) : nil, operands)
  }

  private func normalize(
    _ shape: BatchNormShape, x: Floats, mean: Floats, variance: Floats, residual: Floats?,
    _ operands: Operands
  ) {
    kernels.batchNormForward(
      x: x, gamma: operands.input(1), beta: operands.input(2), mean: mean, variance: variance,
      epsilon: shape.epsilon, residual: residual, relu: shape.hasReLU, into: operands.output(0),
      rows: shape.rows, width: shape.width, workspace: operands.workspace)
  }

  func update(_ rule: BatchNormUpdate, _ operands: Operands) {
    kernels.batchNormUpdate(
      statistics: operands.input(0), mean: operands.changed(1), variance: operands.changed(2),
      momentum: rule.momentum, rows: rule.rows, width: rule.width)
  }

  func backward(_ rule: BatchNormBackward, _ operands: Operands, _ continues: Bool) {
    let shape = rule.forward.shape
    let adds = rule.earlier.parameters || continues
    let gate: BatchNormGate =
      switch (shape.hasReLU, shape.hasResidual) {
      case (false, _): .open
      case (true, true): .result(operands.input(4))
      case (true, false): .recomputed(beta: operands.input(4))
      }
    kernels.batchNormBackward(
      dy: operands.input(0), x: operands.input(1), gamma: operands.input(2),
      statistics: operands.input(3), epsilon: shape.epsilon, gate: gate,
      into: operands.output(0, adds: rule.earlier.input),
      accumulateInput: rule.earlier.input,
      residualGradient: rule.givesResidual ? operands.output(3) : nil,
      gammaGradient: operands.output(1, adds: adds), betaGradient: operands.output(2, adds: adds),
      accumulateParameters: adds, rows: shape.rows, width: shape.width,
      workspace: operands.workspace)
  }
}
