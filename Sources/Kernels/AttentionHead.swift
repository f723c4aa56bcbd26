import KernelTable

/// One head of one sequence: where its queries, keys and values are.
struct AttentionHead {
  let shape: AttentionShape
  /// b·heads + h.
  let number: Int
  private let qkv: Floats
  private let dropout: DropoutMask?
  /// The sequence's padding: 1 for each position that is a token, 0 for others.
  private let padding: UnsafePointer<Int32>?
  /// Positions up to the last token; padding after it costs nothing.
  private let length: Int

  /// - Parameter padding: [batch, time], or nil where all positions are tokens.
  init(
    _ shape: AttentionShape, number: Int, qkv: Floats, dropout: DropoutMask?,
    padding: UnsafePointer<Int32>?
  ) {
    self.shape = shape
    self.number = number
    self.dropout = dropout
    self.qkv = qkv
    self.padding = padding.map { $0 + number / shape.heads * shape.time }
    length = Self.length(self.padding, time: shape.time)
  }

  private static func length(_ padding: UnsafePointer<Int32>?, time: Int) -> Int {
    guard let padding else { return time }
    var length = time
    // One key is left: a tile that hides it writes zeros.
    while length > 1, padding[length - 1] == 0 { length -= 1 }
    return length
  }

  /// Where the sequence's packed rows begin.
  private var sequenceOffset: Int { number / shape.heads * shape.time * shape.packedWidth }

  /// Where the head's query at position 0 is in the packed rows.
  var queryOffset: Int { sequenceOffset + number % shape.heads * shape.headSize }

  /// Where the key at position 0 is that the head shares with its group.
  var keyOffset: Int {
    sequenceOffset + shape.width + number % shape.heads / shape.group * shape.headSize
  }

  /// Where the value at position 0 is that the head shares with its group.
  var valueOffset: Int { keyOffset + shape.keyWidth }

  /// Where the head's columns of a position are in rows of `width`.
  func offset(_ position: Int) -> Int {
    (number / shape.heads * shape.time + position) * shape.width
      + number % shape.heads * shape.headSize
  }

  func query(_ position: Int) -> Floats { qkv + queryOffset + position * shape.packedWidth }

  func key(_ position: Int) -> Floats { qkv + keyOffset + position * shape.packedWidth }

  func value(_ position: Int) -> Floats { qkv + valueOffset + position * shape.packedWidth }

  /// The ranges of keys that some of the queries see, in order.
  func keyTiles(queries: Range<Int>) -> some Sequence<Range<Int>> {
    let end = shape.causal ? min(queries.upperBound, length) : length
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
      head: number, dropout: dropout, padding: padding.map { $0 + keys.lowerBound })
  }
}
