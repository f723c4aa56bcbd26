import KernelTable
import Kernels
import ModelGraph

/// Parameters, gradients and states have `count` values each and are changed in place.
extension Executor {
  func scale(_ rule: ClipScale, _ operands: Operands) {
    let workspace = operands.workspace
    var squares = 0.0
    for (index, count) in rule.counts.enumerated() {
      squares += kernels.sumOfSquares(operands.input(index), count: count, workspace: workspace)
    }
    let factor = Float(Double(rule.limit) / (squares.squareRoot() + 1e-6))
    operands.output(0).pointee = min(1, factor)
  }

  func update(_ rule: SGDStep, _ operands: Operands, _ context: StepContext) {
    let update = SGDUpdate(
      learningRate: context.learningRate, momentum: rule.momentum, weightDecay: rule.weightDecay,
      gradientScale: clipFactor(rule.clips, operands))
    kernels.sgd(
      update, parameters: operands.changed(0), gradients: operands.input(1),
      velocity: rule.momentum == 0 ? nil : operands.changed(2), count: rule.count)
  }

  func update(_ rule: AdamWStep, _ operands: Operands, _ context: StepContext) {
    let update = AdamWUpdate(
      step: context.step, learningRate: Double(context.learningRate), beta1: rule.beta1.asWritten,
      beta2: rule.beta2.asWritten, epsilon: rule.epsilon.asWritten,
      weightDecay: rule.weightDecay.asWritten, gradientScale: clipFactor(rule.clips, operands))
    kernels.adamW(
      update, parameters: operands.changed(0), gradients: operands.input(1),
      mean: operands.changed(2), square: operands.changed(3), count: rule.count)
  }

  private func clipFactor(_ clips: Bool, _ operands: Operands) -> Float {
    clips ? operands.input(operands.inputCount - 1).pointee : 1
  }
}

extension Float {
  /// The f64 of the shortest decimal text that means this number: 0.9 as PyTorch computes with it,
  /// where widening would give 0.8999999762.
  fileprivate var asWritten: Double { Double(description) ?? Double(self) }
}
