/// The sizes of tiles: functions of shapes alone, so that bits never depend on the thread count.
public enum Tiling {
  /// Queries of an attention tile.
  public static let queries = 64
  /// Keys of an attention tile; a multiple of `queries`, so that a causal tile has no empty row.
  public static let keys = 256
  /// Elements of an elementwise task: 64 KiB of f32 fit the caches beside its other operands.
  public static let elements = 16_384
  /// Elements of a block whose squares one partial sum holds.
  public static let squares = 65_536
  /// Rows of a block whose losses one partial sum holds.
  public static func lossRows(width: Int) -> Int { max(1, squares / max(1, width)) }

  /// Columns of a task that walks down all rows.
  public static let columns = 128

  /// Rows of a block whose column sums are one partial sum; at most 64 blocks.
  public static func rowBlock(rows: Int) -> Int {
    max(128, blocks(rows, of: 64))
  }

  /// Rows of a task over rows of `width` f32: about 64 KiB.
  public static func rowTask(width: Int) -> Int {
    max(1, elements / max(1, width))
  }

  /// Rows of logits that exist at once: chunks of the same size, of 2048 rows at most and 128 at least.
  ///
  /// Each chunk reads the whole weight, so larger ones are faster: 128 MiB of logits are little beside
  /// what else a step of many rows keeps. Beside one of few rows they are much. So there it is 64 MiB,
  /// and 128 rows of a vocabulary that is too large for 512.
  public static func logitRows(rows: Int, vocabulary: Int) -> Int {
    let isLong = rows >= 2048
    let fitting = (isLong ? 1 << 25 : 1 << 24) / max(1, vocabulary) / 128 * 128
    let most = fitting < 512 && !isLong ? 128 : min(2048, max(128, fitting))
    return min(rows, blocks(blocks(rows, of: blocks(rows, of: most)), of: 128) * 128)
  }

  /// How many blocks of `size` cover `count`.
  public static func blocks(_ count: Int, of size: Int) -> Int {
    (count + size - 1) / size
  }
}
