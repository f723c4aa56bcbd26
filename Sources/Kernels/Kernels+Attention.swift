public import KernelTable

extension Kernels {
  /// out[batch·time, width] = softmax(q·kᵀ/√headSize)·v for each head of qkv[batch·time, packedWidth].
  ///
  /// A row of qkv is q, then k, then v, each with its heads side by side; k and v have `keyHeads`. Scores exist one tile at
  /// a time (Dao et al. 2022, FlashAttention); tiles that the causal mask hides are skipped.
  /// - Parameters:
  ///   - dropout: drops weights after the softmax; mask element ((b·heads + h)·time + i)·time + j.
  ///   - padding: [batch, time], 1 for tokens and 0 for positions that nobody sees; nil without any.
  ///   - logSumExp: [batch, heads, time], what the backward pass needs besides qkv and out.
  ///   - workspace: `Workspace.attentionForward` bytes.
  public func attentionForward(
    _ shape: AttentionShape, qkv: Floats, padding: UnsafePointer<Int32>? = nil,
    dropout: DropoutMask?, into out: MutableFloats, logSumExp: MutableFloats,
    workspace: UnsafeMutableRawBufferPointer
  ) {
    let needed = Workspace.attentionForward(
      batch: shape.batch, time: shape.time, heads: shape.heads, headSize: shape.headSize,
      threads: threads)
    var scratch = Scratch(workspace, needed: needed, operation: "attentionForward")
    let perThread = needed / threads / MemoryLayout<Float>.stride
    let memory = scratch.floats(needed / MemoryLayout<Float>.stride)
    let queryTiles = Tiling.blocks(shape.time, of: Tiling.queries)
    // Late queries see the most keys: starting with them leaves the short tasks for the end.
    pool.run(tasks: shape.batch * shape.heads * queryTiles) { task, worker in
      let count = shape.batch * shape.heads
      let head = AttentionHead(
        shape, number: task % count, qkv: qkv, dropout: dropout, padding: padding)
      let first = (queryTiles - 1 - task / count) * Tiling.queries
      forward(
        head, queries: first..<min(first + Tiling.queries, shape.time),
        output: out + head.offset(first), logSumExp: logSumExp + head.number * shape.time + first,
        scratch: memory + worker * perThread)
    }
  }

  /// One tile of queries of one head: its rows of the output and of the log-sum-exp.
  func forward(
    _ head: AttentionHead, queries: Range<Int>, output: MutableFloats, logSumExp: MutableFloats,
    scratch: MutableFloats
  ) {
    let (shape, rows) = (head.shape, queries.count)
    let maxima = scratch + Workspace.attentionTile(time: shape.time) / MemoryLayout<Float>.stride
    let sums = maxima + Tiling.queries
    let panels = maxima + 2 * Workspace.floats(Tiling.queries) / MemoryLayout<Float>.stride
    for keys in head.keyTiles(queries: queries) {
      let tile = head.tile(queries: queries, keys: keys)
      scoreProduct(head, tile, into: scratch, scratch: panels)
      table.attentionWeights(
        tile, scores: scratch, maxima: maxima, sums: sums, output: output,
        outputStride: shape.width, headSize: shape.headSize, first: keys.lowerBound == 0)
      tileProduct(
        .nn, a: scratch, b: head.value(keys.lowerBound), into: output, m: rows,
        n: shape.headSize, k: keys.count, lda: tile.stride, ldb: shape.packedWidth,
        ldc: shape.width, accumulate: keys.lowerBound > 0, scratch: panels)
    }
    table.attentionFinish(
      rows: rows, maxima: maxima, sums: sums, output: output, outputStride: shape.width,
      headSize: shape.headSize, logSumExp: logSumExp)
  }

  /// scores = q·kᵀ over one tile, not yet scaled.
  func scoreProduct(
    _ head: AttentionHead, _ tile: AttentionTile, into scores: MutableFloats,
    scratch: MutableFloats
  ) {
    tileProduct(
      .nt, a: head.query(tile.firstRow), b: head.key(tile.firstColumn), into: scores,
      m: tile.rows, n: tile.columns, k: head.shape.headSize, lda: head.shape.packedWidth,
      ldb: head.shape.packedWidth, ldc: tile.stride, accumulate: false, scratch: scratch)
  }
}
