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

  func update(_ rule: OptimizerStep, _ operands: Operands, _ context: StepContext) {
    let rate = context.learningRate * rule.learningRateScale
    switch rule.algorithm {
    case .sgd(let momentum, let isNesterov):
      let update = SGDUpdate(
        learningRate: rate, momentum: momentum, weightDecay: rule.weightDecay,
        isNesterov: isNesterov, gradientScale: clipFactor(rule.clips, operands))
      kernels.sgd(
        update, parameters: operands.changed(0), gradients: operands.input(1),
        velocity: momentum == 0 ? nil : operands.changed(2), count: rule.count)
    case .adam(let beta1, let beta2, let epsilon), .adamw(let beta1, let beta2, let epsilon):
      let update = AdamUpdate(
        step: context.step, learningRate: Double(rate), beta1: beta1.asWritten,
        beta2: beta2.asWritten, epsilon: epsilon.asWritten,
        weightDecay: rule.weightDecay.asWritten, isDecoupled: rule.algorithm.isDecoupled,
        gradientScale: clipFactor(rule.clips, operands))
      kernels.adam(
        update, parameters: operands.changed(0), gradients: operands.input(1),
        mean: operands.changed(2), square: operands.changed(3), count: rule.count)
    }
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

extension OptimizerSpec.Algorithm {
  /// Whether weights decay by themselves and not through their gradients.
  fileprivate var isDecoupled: Bool {
    if case .adamw = self { return true }
    return false
  }
}
