import KernelTable

/// One head of one sequence: where its queries, keys and values are.
struct AttentionHead {
  let shape: AttentionShape
  /// b·heads + h.
  let number: Int
  private let qkv: Floats
  private let dropout: DropoutMask?

  init(_ shape: AttentionShape, number: Int, qkv: Floats, dropout: DropoutMask?) {
    self.shape = shape
    self.number = number
    self.dropout = dropout
    self.qkv = qkv
  }

  /// Where the head's query at position 0 is in the packed rows.
  var packedOffset: Int {
    number / shape.heads * shape.time * 3 * shape.width + number % shape.heads * shape.headSize
  }

  /// Where the head's columns of a position are in rows of `width`.
  func offset(_ position: Int) -> Int {
    (number / shape.heads * shape.time + position) * shape.width
      + number % shape.heads * shape.headSize
  }

  func query(_ position: Int) -> Floats { qkv + packedOffset + position * 3 * shape.width }

  func key(_ position: Int) -> Floats { query(position) + shape.width }

  func value(_ position: Int) -> Floats { query(position) + 2 * shape.width }

  /// The ranges of keys that some of the queries see, in order.
  func keyTiles(queries: Range<Int>) -> some Sequence<Range<Int>> {
    let end = shape.causal ? queries.upperBound : shape.time
    return stride(from: 0, to: end, by: Tiling.keys).lazy.map { start in
      start..<min(end, start + Tiling.keys)
    }
  }

  /// The tile of these queries and keys.
  func tile(queries: Range<Int>, keys: Range<Int>) -> AttentionTile {
    AttentionTile(
      rows: queries.count, columns: keys.count,
      stride: Workspace.attentionStride(time: shape.time), firstRow: queries.lowerBound,
      firstColumn: keys.lowerBound, time: shape.time, causal: shape.causal, scale: shape.scale,
      head: number, dropout: dropout)
  }
}
