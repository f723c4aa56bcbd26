import KernelTable

/// One head's backward pass: what comes in, where gradients go, and one thread's scratch.
struct AttentionGradient {
  let head: AttentionHead
  /// From the head's first row and column on, as is `out`; rows are `width` apart.
  let dOut: Floats
  let out: Floats
  let logSumExp: Floats
  /// From the first packed row of all sequences on.
  let dqkv: MutableFloats
  let weights: MutableFloats
  let weightGradients: MutableFloats
  /// Σ dOut·out for each query.
  let deltas: MutableFloats
  /// What products pack their factors into.
  let panels: MutableFloats

  func dQuery(_ position: Int) -> MutableFloats {
    dqkv + head.queryOffset + position * head.shape.packedWidth
  }

  func dKey(_ position: Int) -> MutableFloats {
    dqkv + head.keyOffset + position * head.shape.packedWidth
  }

  func dValue(_ position: Int) -> MutableFloats {
    dqkv + head.valueOffset + position * head.shape.packedWidth
  }

  /// Zeroes the gradients that tiles of several queries, and heads of a group, add to.
  func clearKeysAndValues() {
    for position in 0..<head.shape.time {
      dKey(position).update(repeating: 0, count: head.shape.headSize)
      dValue(position).update(repeating: 0, count: head.shape.headSize)
    }
  }
}
