import Kernels
import ModelGraph

/// The loss is one value, to which each pass adds; predictions are [rows, width or classes].
extension Executor {
  func loss(
    _ rule: LinearCrossEntropy, _ operands: Operands, _ context: StepContext, _ continues: Bool
  ) {
    let gradients =
      rule.training
      ? LinearCrossEntropyGradients(
        hidden: operands.output(1), weight: operands.output(2, adds: continues),
        bias: rule.hasBias ? operands.output(3, adds: continues) : nil, accumulate: continues)
      : nil
    let value = kernels.linearCrossEntropy(
      hidden: operands.input(0), weight: operands.input(2),
      bias: rule.hasBias ? operands.input(3) : nil, targets: operands.indices(1),
      gradients: gradients, rows: rule.rows, width: rule.width, vocabulary: rule.classes,
      scale: context.lossScale, workspace: operands.workspace)
    operands.output(0, adds: true).pointee += value
  }

  func loss(_ rule: SoftmaxCrossEntropy, _ operands: Operands, _ context: StepContext) {
    let value = kernels.softmaxCrossEntropy(
      logits: operands.input(0), targets: operands.indices(1),
      dLogits: rule.training ? operands.output(1) : nil, rows: rule.rows, classes: rule.classes,
      scale: context.lossScale, workspace: operands.workspace)
    operands.output(0, adds: true).pointee += value
  }

  func loss(_ rule: MeanSquaredError, _ operands: Operands, _ context: StepContext) {
    let value = kernels.meanSquaredError(
      prediction: operands.input(0), target: operands.input(1),
      dPrediction: rule.training ? operands.output(1) : nil, count: rule.count,
      scale: context.lossScale, workspace: operands.workspace)
    operands.output(0, adds: true).pointee += value
  }
}
