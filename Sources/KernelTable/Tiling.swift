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

  /// Rows of logits that exist at once: 64 MiB of them, 2048 rows at most and 128 at least.
  ///
  /// Each chunk reads the whole weight, so larger ones are faster; but of large vocabularies logits are
  /// large beside what else a step of few rows keeps, and 128 rows have to do.
  public static func logitRows(rows: Int, vocabulary: Int) -> Int {
    let fitting = (16_777_216 / max(1, vocabulary)) / 128 * 128
    let most = fitting < 512 && rows < 2048 ? 128 : min(2048, fitting)
    return min(rows, max(128, most))
  }

  /// How many blocks of `size` cover `count`.
  public static func blocks(_ count: Int, of size: Int) -> Int {
    (count + size - 1) / size
  }
}
