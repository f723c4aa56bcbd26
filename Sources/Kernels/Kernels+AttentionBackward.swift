public import KernelTable

extension Kernels {
  /// dqkv[batch·time, packedWidth], the gradients by q, k and v, from dOut[batch·time, width].
  ///
  /// The weights are computed again from logSumExp, one tile at a time (Dao et al. 2022,
  /// algorithm 4). `qkv`, `padding`, `dropout`, `out` and `logSumExp` are those of the forward pass.
  /// The heads of a group add to the same keys and values, one after the other.
  /// - Parameter workspace: `Workspace.attentionBackward` bytes.
  public func attentionBackward(
    _ shape: AttentionShape, dOut: Floats, qkv: Floats, padding: UnsafePointer<Int32>? = nil,
    dropout: DropoutMask?, out: Floats, logSumExp: Floats, into dqkv: MutableFloats,
    workspace: UnsafeMutableRawBufferPointer
  ) {
    let needed = Workspace.attentionBackward(
      batch: shape.batch, time: shape.time, heads: shape.heads, headSize: shape.headSize,
      threads: threads)
    var scratch = Scratch(workspace, needed: needed, operation: "attentionBackward")
    let perThread = needed / threads / MemoryLayout<Float>.stride
    let memory = scratch.floats(needed / MemoryLayout<Float>.stride)
    let tile = Workspace.attentionTile(time: shape.time) / MemoryLayout<Float>.stride
    pool.run(tasks: shape.batch * shape.keyHeads) { task, worker in
      let start = memory + worker * perThread
      for number in task * shape.group..<(task + 1) * shape.group {
        let head = AttentionHead(
          shape, number: number, qkv: qkv, dropout: dropout, padding: padding)
        backward(
          AttentionGradient(
            head: head, dOut: dOut + head.offset(0), out: out + head.offset(0),
            logSumExp: logSumExp + number * shape.time, dqkv: dqkv, weights: start,
            weightGradients: start + tile, deltas: start + 2 * tile,
            panels: start + 2 * tile + Workspace.floats(shape.time) / MemoryLayout<Float>.stride),
          isFirst: number == task * shape.group)
      }
    }
  }

  private func backward(_ gradient: AttentionGradient, isFirst: Bool) {
    let (head, shape) = (gradient.head, gradient.head.shape)
    table.attentionDeltas(
      rows: shape.time, outputGradient: gradient.dOut, output: gradient.out,
      stride: shape.width, headSize: shape.headSize, into: gradient.deltas)
    if isFirst { gradient.clearKeysAndValues() }
    for first in stride(from: 0, to: shape.time, by: Tiling.queries) {
      let queries = first..<min(shape.time, first + Tiling.queries)
      for keys in head.keyTiles(queries: queries) {
        backward(gradient, tile: head.tile(queries: queries, keys: keys))
      }
    }
  }

  /// Adds one tile's share of the gradients; a row's first tile writes those by q.
  private func backward(_ gradient: AttentionGradient, tile: AttentionTile) {
    let (head, size) = (gradient.head, gradient.head.shape.headSize)
    let (width, packed) = (head.shape.width, head.shape.packedWidth)
    let (query, key) = (tile.firstRow, tile.firstColumn)
    let dOut = gradient.dOut + query * width
    scoreProduct(head, tile, into: gradient.weights, scratch: gradient.panels)
    tileProduct(
      .nt, a: dOut, b: head.value(key), into: gradient.weightGradients, m: tile.rows,
      n: tile.columns, k: size, lda: width, ldb: packed, ldc: tile.stride, accumulate: false,
      scratch: gradient.panels)
    table.attentionGradients(
      tile, scores: gradient.weights, gradients: gradient.weightGradients,
      logSumExp: gradient.logSumExp + query, deltas: gradient.deltas + query)
    tileProduct(
      .tn, a: gradient.weights, b: dOut, into: gradient.dValue(key), m: tile.columns, n: size,
      k: tile.rows, lda: tile.stride, ldb: width, ldc: packed, accumulate: true,
      scratch: gradient.panels)
    tileProduct(
      .nn, a: gradient.weightGradients, b: head.key(key), into: gradient.dQuery(query),
      m: tile.rows, n: size, k: tile.columns, lda: tile.stride, ldb: packed, ldc: packed,
      accumulate: key > 0, scratch: gradient.panels)
    tileProduct(
      .tn, a: gradient.weightGradients, b: head.query(query), into: gradient.dKey(key),
      m: tile.columns, n: size, k: tile.rows, lda: tile.stride, ldb: packed, ldc: packed,
      accumulate: true, scratch: gradient.panels)
  }
}
