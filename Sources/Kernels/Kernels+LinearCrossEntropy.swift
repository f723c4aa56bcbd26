public import KernelTable

extension Kernels {
  /// The cross-entropy of logits = hidden[rows, width] · weight[vocabulary, width]ᵀ + bias, fused.
  ///
  /// Logits exist for a chunk of rows at a time; with `gradients` they become their own gradient and
  /// both products of the backward pass follow at once (the idea of Liger Kernel, Hsu et al. 2024).
  /// The chunk's size depends on the shape alone. Losses have the same bits without gradients.
  /// - Parameters:
  ///   - targets: one a row.
  ///   - gradients: where those of scale · the mean over the targets that count go.
  ///   - scale: what accumulation over batches needs.
  ///   - hits: the k's for which targets among the k largest logits are counted, in evaluation.
  ///   - workspace: `Workspace.linearCrossEntropy` bytes.
  public func linearCrossEntropy(
    hidden: Floats, weight: Floats, bias: Floats?, targets: ClassTargets,
    gradients: LinearCrossEntropyGradients?, rows: Int, width: Int, vocabulary: Int,
    scale: Float, hits: [Int] = [], workspace: UnsafeMutableRawBufferPointer
  ) -> LossSums {
    let needed = Workspace.linearCrossEntropy(
      rows: rows, width: width, vocabulary: vocabulary, threads: threads,
      training: gradients != nil)
    var scratch = Scratch(workspace, needed: needed, operation: "linearCrossEntropy")
    let chunk = Tiling.logitRows(rows: rows, vocabulary: vocabulary)
    let logits = scratch.floats(chunk * vocabulary)
    let results = RowResults(rows: rows, hits: hits, scratch: &scratch)
    var sums = Self.weigh(targets, rows: rows, classes: vocabulary)
    let products = scratch.rest
    let head = OutputHead(weight: weight, bias: bias, width: width, vocabulary: vocabulary)
    for first in stride(from: 0, to: rows, by: chunk) {
      let count = min(chunk, rows - first)
      computeLogits(
        head, hidden: hidden + first * width, rows: count, into: logits, workspace: products)
      rowLosses(
        logits: logits, targets: targets.advanced(by: first),
        dLogits: gradients == nil ? nil : logits, rows: count, classes: vocabulary,
        scale: sums.gradientScale(scale), into: results.advanced(by: first))
      guard let gradients else { continue }
      propagate(
        head, hidden: hidden + first * width, dLogits: logits, rows: count,
        accumulate: gradients.accumulate || first > 0,
        dHidden: gradients.hidden.map { $0 + first * width }, gradients, workspace: products)
    }
    results.add(to: &sums, targets: targets)
    return sums
  }

  private func computeLogits(
    _ head: OutputHead, hidden: Floats, rows: Int, into logits: MutableFloats,
    workspace: UnsafeMutableRawBufferPointer
  ) {
    linearForward(
      x: hidden, weight: head.weight, bias: head.bias, residual: nil, into: logits, rows: rows,
      inFeatures: head.width, outFeatures: head.vocabulary,
      workspace: workspace)
  }

  /// The gradients of one chunk.
  private func propagate(
    _ head: OutputHead, hidden: Floats, dLogits: MutableFloats, rows: Int, accumulate: Bool,
    dHidden: MutableFloats?, _ gradients: LinearCrossEntropyGradients,
    workspace: UnsafeMutableRawBufferPointer
  ) {
    if let dHidden {
      linearBackwardInput(
        dy: dLogits, weight: head.weight, into: dHidden, accumulate: false, rows: rows,
        inFeatures: head.width, outFeatures: head.vocabulary, workspace: workspace)
    }
    if let dWeight = gradients.weight {
      linearBackwardWeight(
        dy: dLogits, x: hidden, into: dWeight, accumulate: accumulate, rows: rows,
        inFeatures: head.width, outFeatures: head.vocabulary, workspace: workspace)
    }
    guard let dBias = gradients.bias else { return }
    forEachTile(head.vocabulary, of: Tiling.columns) { column, count in
      let target = dBias + column
      if !accumulate { target.update(repeating: 0, count: count) }
      table.addRows(
        dLogits + column, rows: rows, stride: head.vocabulary, into: target, count: count)
    }
  }
}

/// The output projection's parameters and sizes.
private struct OutputHead {
  let weight: Floats
  let bias: Floats?
  let width: Int
  let vocabulary: Int
}
