public import KernelTable

extension Kernels {
  /// Attention of some positions to themselves and all before them, of one sequence.
  ///
  /// The rows of q|k|v are put into the cache first; then each is what `attentionForward` makes of
  /// the whole cache, with the same bits.
  /// - Parameters:
  ///   - shape: its time is how many positions the cache has.
  ///   - qkv: [count, packedWidth], the rows of the positions.
  ///   - cache: [time, packedWidth], of earlier positions.
  ///   - positions: which they are.
  ///   - out: [count, width].
  ///   - workspace: `Workspace.attentionCached` bytes.
  public func attentionCached(
    _ shape: AttentionShape, qkv: Floats, cache: MutableFloats, positions: Range<Int>,
    into out: MutableFloats, workspace: UnsafeMutableRawBufferPointer
  ) {
    precondition(
      shape.batch == 1 && shape.causal && positions.lowerBound >= 0
        && positions.upperBound <= shape.time, "a cache holds one sequence of its length")
    (cache + positions.lowerBound * shape.packedWidth).update(
      from: qkv, count: positions.count * shape.packedWidth)
    let tiles = Workspace.attentionForward(
      batch: 1, time: shape.time, heads: shape.heads, headSize: shape.headSize, threads: threads)
    var scratch = Scratch(
      workspace,
      needed: Workspace.attentionCached(
        time: shape.time, heads: shape.heads, headSize: shape.headSize, threads: threads),
      operation: "attentionCached")
    let memory = scratch.floats(tiles / MemoryLayout<Float>.stride)
    let logSumExp = scratch.floats(shape.heads * shape.time)
    let perThread = tiles / threads / MemoryLayout<Float>.stride
    let blocks = Tiling.blocks(positions.count, of: Tiling.queries)
    pool.run(tasks: shape.heads * blocks) { task, worker in
      let head = AttentionHead(
        shape, number: task % shape.heads, qkv: cache, dropout: nil, padding: nil)
      let start = task / shape.heads * Tiling.queries
      let first = positions.lowerBound + start
      forward(
        head, queries: first..<min(first + Tiling.queries, positions.upperBound),
        output: out + start * shape.width + head.number * shape.headSize,
        logSumExp: logSumExp + head.number * shape.time + first,
        scratch: memory + worker * perThread)
    }
  }
}
