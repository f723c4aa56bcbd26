import Kernels
import ModelGraph

/// x is [batch · height · width, inputs], y [batch · places, outputs], W [outputs, height, width,
/// inputs / groups].
extension Executor {
  func forward(_ rule: Convolution, _ operands: Operands) {
    kernels.convolutionForward(
      rule.shape, x: operands.input(0), weight: operands.input(1),
      bias: rule.hasBias ? operands.input(2) : nil, into: operands.output(0),
      workspace: operands.workspace)
  }

  func backward(_ rule: ConvolutionBackwardInput, _ operands: Operands) {
    kernels.convolutionBackwardInput(
      rule.forward.shape, dy: operands.input(0), weight: operands.input(1),
      into: operands.output(0, adds: rule.accumulates), accumulate: rule.accumulates,
      workspace: operands.workspace)
  }

  func backward(_ rule: ConvolutionBackwardWeight, _ operands: Operands, _ continues: Bool) {
    let adds = rule.accumulates || continues
    kernels.convolutionBackwardWeight(
      rule.forward.shape, dy: operands.input(0), x: operands.input(1),
      into: operands.output(0, adds: adds), accumulate: adds, workspace: operands.workspace)
  }
}
