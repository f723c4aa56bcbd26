public import KernelTable

extension Kernels {
  /// scale · Σ over rows of −ln softmax(logits[rows, classes])[target]; negative targets are ignored.
  ///
  /// Rows give f32 losses, which are added in row order in f64. The same bits with and without
  /// gradients.
  /// - Parameters:
  ///   - scale: 1 ÷ the number of targets that count, for a mean.
  ///   - dLogits: gets the gradient of the result; may be `logits`; nil in evaluation.
  ///   - workspace: `Workspace.softmaxCrossEntropy` bytes.
  public func softmaxCrossEntropy(
    logits: Floats, targets: UnsafePointer<Int32>, dLogits: MutableFloats?, rows: Int,
    classes: Int, scale: Float, workspace: UnsafeMutableRawBufferPointer
  ) -> Float {
    var scratch = Scratch(
      workspace, needed: Workspace.softmaxCrossEntropy(rows: rows, classes: classes),
      operation: "softmaxCrossEntropy")
    let losses = scratch.floats(rows)
    rowLosses(
      logits: logits, targets: targets, dLogits: dLogits, rows: rows, classes: classes,
      scale: scale, into: losses)
    return Self.total(losses, count: rows, scale: scale)
  }

  /// The losses and gradients of some rows.
  func rowLosses(
    logits: Floats, targets: UnsafePointer<Int32>, dLogits: MutableFloats?, rows: Int,
    classes: Int, scale: Float, into losses: MutableFloats
  ) {
    forEachTile(rows, of: Tiling.rowTask(width: classes)) { start, count in
      for row in start..<start + count {
        precondition(targets[row] < classes, "target \(targets[row]) is not below \(classes)")
        losses[row] = table.crossEntropy(
          logits + row * classes, count: classes, target: targets[row], scale: scale,
          gradient: dLogits.map { $0 + row * classes })
      }
    }
  }

  /// scale · Σ losses, in order and in f64.
  static func total(_ losses: Floats, count: Int, scale: Float) -> Float {
    var total = 0.0
    for row in 0..<count { total += Double(losses[row]) }
    return Float(total * Double(scale))
  }
}
