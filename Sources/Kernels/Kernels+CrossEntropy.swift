public import KernelTable

extension Kernels {
  /// The cross-entropy of logits[rows, classes], averaged over the targets that count.
  ///
  /// Rows give f32 losses, which are added in row order in f64. The same bits with and without
  /// gradients.
  /// - Parameters:
  ///   - targets: one a row.
  ///   - dLogits: gets the gradient of scale · the mean; may be `logits`; nil in evaluation.
  ///   - scale: what accumulation over batches needs.
  ///   - hits: the k's for which targets among the k largest logits are counted, in evaluation.
  ///   - workspace: `Workspace.softmaxCrossEntropy` bytes.
  public func softmaxCrossEntropy(
    logits: Floats, targets: ClassTargets, dLogits: MutableFloats?, rows: Int,
    classes: Int, scale: Float, hits: [Int] = [], workspace: UnsafeMutableRawBufferPointer
  ) -> LossSums {
    var scratch = Scratch(
      workspace, needed: Workspace.softmaxCrossEntropy(rows: rows, classes: classes),
      operation: "softmaxCrossEntropy")
    let results = RowResults(rows: rows, hits: hits, scratch: &scratch)
    var sums = Self.weigh(targets, rows: rows, classes: classes)
    rowLosses(
      logits: logits, targets: targets, dLogits: dLogits, rows: rows, classes: classes,
      scale: sums.gradientScale(scale), into: results)
    results.add(to: &sums, targets: targets)
    return sums
  }

  /// How many targets count, and their weights' sum.
  static func weigh(_ targets: ClassTargets, rows: Int, classes: Int) -> LossSums {
    var sums = LossSums()
    for row in 0..<rows {
      guard let target = targets[row] else { continue }
      precondition(target < classes, "target \(target) is not below \(classes)")
      sums.count += 1
      sums.weight += Double(targets.weight(of: target))
    }
    return sums
  }

  /// The losses and gradients of some rows, and the ranks of their targets.
  func rowLosses(
    logits: Floats, targets: ClassTargets, dLogits: MutableFloats?, rows: Int,
    classes: Int, scale: Float, into results: RowResults
  ) {
    let weightSum = targets.weights.map { $0.reduce(0, +) } ?? Float(classes)
    forEachTile(rows, of: Tiling.rowTask(width: classes)) { start, count in
      for row in start..<start + count {
        let (values, gradient) = (logits + row * classes, dLogits.map { $0 + row * classes })
        guard let target = targets[row] else {
          gradient?.update(repeating: 0, count: classes)
          results.losses[row] = 0
          continue
        }
        // Before the gradient, which may take the logits' place.
        results.ranks?[row] = Int32(
          truncatingIfNeeded: table.rank(of: target, in: values, count: classes))
        results.losses[row] = rowLoss(
          values, target, of: targets, weightSum: weightSum, classes: classes, scale: scale,
          gradient: gradient)
      }
    }
  }

  private func rowLoss(
    _ logits: Floats, _ target: Int, of targets: ClassTargets, weightSum: Float, classes: Int,
    scale: Float, gradient: MutableFloats?
  ) -> Float {
    let weight = targets.weight(of: target)
    guard targets.smoothing > 0 else {
      return weight
        * table.crossEntropy(
          logits, count: classes, target: target, scale: scale * weight, gradient: gradient)
    }
    let spread = SpreadTarget(
      index: target, confidence: (1 - targets.smoothing) * weight,
      uniform: targets.smoothing / Float(classes), weights: targets.weights?.baseAddress,
      weightSum: weightSum)
    return table.crossEntropy(
      logits, count: classes, spread: spread, scale: scale, gradient: gradient)
  }
}

extension LossSums {
  /// What the gradients of single losses are multiplied by: scale ÷ weight, 0 where nothing counts.
  func gradientScale(_ scale: Float) -> Float { weight == 0 ? 0 : Float(Double(scale) / weight) }
}
