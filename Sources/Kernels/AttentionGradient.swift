import KernelTable

/// One head's backward pass: what comes in, where gradients go, and one thread's scratch.
struct AttentionGradient {
  let head: AttentionHead
  /// From the head's first row and column on, as is `out`; rows are `width` apart.
  let dOut: Floats
  let out: Floats
  let logSumExp: Floats
  /// From the head's first query on; rows are 3·width apart.
  let dqkv: MutableFloats
  let weights: MutableFloats
  let weightGradients: MutableFloats
  /// Σ dOut·out for each query.
  let deltas: MutableFloats
  /// What products pack their factors into.
  let panels: MutableFloats

  func dQuery(_ position: Int) -> MutableFloats { dqkv + position * 3 * head.shape.width }

  func dKey(_ position: Int) -> MutableFloats { dQuery(position) + head.shape.width }

  func dValue(_ position: Int) -> MutableFloats { dQuery(position) + 2 * head.shape.width }

  /// Zeroes the gradients that tiles of several queries add to.
  func clearKeysAndValues() {
    for position in 0..<head.shape.time {
      dKey(position).update(repeating: 0, count: head.shape.headSize)
      dValue(position).update(repeating: 0, count: head.shape.headSize)
    }
  }
}
