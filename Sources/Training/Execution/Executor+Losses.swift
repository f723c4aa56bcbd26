import KernelTable
import Kernels
import ModelGraph

/// The loss is one value, to which each pass adds its mean's share; predictions are [rows, width or
/// classes].
extension Executor {
  func loss(
    _ rule: LinearCrossEntropy, _ operands: Operands, _ context: StepContext, _ continues: Bool
  ) {
    let gradients = rule.training ? gradients(of: rule, operands, continues) : nil
    rule.comparison.compare(operands.indices(1)) { targets in
      note(
        kernels.linearCrossEntropy(
          hidden: operands.input(0), weight: operands.input(2),
          bias: rule.hasBias ? operands.input(3) : nil, targets: targets, gradients: gradients,
          rows: rule.rows, width: rule.width, vocabulary: rule.classes, scale: context.passScale,
          hits: rule.hits, workspace: operands.workspace),
        operands, context)
    }
  }

  /// The outputs after the loss: the gradients that are needed.
  private func gradients(
    of rule: LinearCrossEntropy, _ operands: Operands, _ continues: Bool
  ) -> LinearCrossEntropyGradients {
    var next = 1
    func output(_ isNeeded: Bool, adds: Bool) -> MutableFloats? {
      guard isNeeded else { return nil }
      defer { next += 1 }
      return operands.output(next, adds: adds)
    }
    return LinearCrossEntropyGradients(
      hidden: output(rule.needs.input, adds: false),
      weight: output(rule.needs.weight, adds: continues),
      bias: output(rule.needs.bias && rule.hasBias, adds: continues), accumulate: continues)
  }

  func loss(_ rule: SoftmaxCrossEntropy, _ operands: Operands, _ context: StepContext) {
    rule.comparison.compare(operands.indices(1)) { targets in
      note(
        kernels.softmaxCrossEntropy(
          logits: operands.input(0), targets: targets,
          dLogits: rule.training ? operands.output(1) : nil, rows: rule.rows,
          classes: rule.classes, scale: context.passScale, hits: rule.hits,
          workspace: operands.workspace),
        operands, context)
    }
  }

  func loss(_ rule: BinaryCrossEntropy, _ operands: Operands, _ context: StepContext) {
    let rows = min(rule.rows, context.rows)
    let gradient = rule.training ? operands.output(1) : nil
    rule.positiveWeights.withUnsafeBufferPointer { weights in
      note(
        kernels.binaryCrossEntropy(
          logits: operands.input(0), targets: operands.input(1),
          positiveWeights: weights.isEmpty ? nil : weights.baseAddress, dLogits: gradient,
          rows: rows, width: rule.width, scale: context.passScale, countsHits: rule.countsHits,
          workspace: operands.workspace),
        operands, context)
    }
    clear(gradient, from: rows * rule.width, to: rule.rows * rule.width)
  }

  func loss(_ rule: MeanSquaredError, _ operands: Operands, _ context: StepContext) {
    let count = min(rule.count, context.rows * rule.width)
    let gradient = rule.training ? operands.output(1) : nil
    note(
      kernels.meanSquaredError(
        prediction: operands.input(0), target: operands.input(1), dPrediction: gradient,
        count: count, scale: context.passScale, workspace: operands.workspace),
      operands, context)
    clear(gradient, from: count, to: rule.count)
  }

  private func note(_ sums: LossSums, _ operands: Operands, _ context: StepContext) {
    self.sums += sums
    operands.output(0, adds: true).pointee += Float(sums.mean * Double(context.passScale))
  }

  /// Rows that fill up a partial batch have no gradient.
  private func clear(_ gradient: MutableFloats?, from first: Int, to end: Int) {
    guard let gradient, first < end else { return }
    (gradient + first).update(repeating: 0, count: end - first)
  }
}

extension CrossEntropySpec {
  /// Calls with what rows are compared with; the weights' address is good until then.
  fileprivate func compare(_ indices: UnsafePointer<Int32>, _ body: (ClassTargets) -> Void) {
    classWeights.withUnsafeBufferPointer { weights in
      body(
        ClassTargets(
          indices, ignoredIndex: ignoreIndex, weights: weights.isEmpty ? nil : weights,
          smoothing: labelSmoothing))
    }
  }
}
