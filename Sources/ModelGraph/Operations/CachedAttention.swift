import KernelTable

/// Attention of some positions to themselves and all before them, whose rows a cache holds.
///
/// Inputs q|k|v [count, packed width] and the cache [context, packed width], in which the rows take
/// their places; output o [count, width]. The first position is an argument of the step.
public struct CachedAttention: OperationRule {
  /// The sizes; its time is the cache's.
  public var attention: Attention
  /// Positions at once.
  public var count: Int

  /// The name in reports.
  public var name: String { "attention" }
  /// Two products a pair of positions, at most.
  public var flops: Int {
    4 * attention.heads * attention.headSize * count * attention.time
  }

  /// Tiles of scores, for each worker.
  public func workspaceBytes(threads: Int) -> Int {
    Workspace.attentionCached(
      time: attention.time, heads: attention.heads, headSize: attention.headSize,
      threads: threads)
  }
}
