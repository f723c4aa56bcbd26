extension Workspace {
  /// Scratch of a batch norm's statistics: two partial sums for each block of rows, and their totals.
  public static func batchNormStatistics(rows: Int, width: Int) -> Int {
    2 * biasBackward(rows: rows, width: width) + floats(width)
  }

  /// Scratch of a batch norm's result: a factor for each column.
  public static func batchNorm(width: Int) -> Int { floats(width) }

  /// Scratch of a batch norm's backward pass: two partial sums for each block of rows, their totals,
  /// and three numbers for each column.
  public static func batchNormBackward(rows: Int, width: Int) -> Int {
    2 * biasBackward(rows: rows, width: width) + 5 * floats(width)
  }

  /// Scratch of a group norm: two sums and three numbers for each column, for each thread.
  public static func groupNorm(width: Int, threads: Int) -> Int { threads * 3 * floats(width) }

  /// Scratch of a group norm's backward pass: that, and two sums for each example.
  public static func groupNormBackward(batch: Int, width: Int, threads: Int) -> Int {
    threads * 4 * floats(width) + batch * 2 * floats(width)
  }
}
