extension Workspace {
  /// Scratch of a product of [m, k] and [k, n]: the packed rows, and each thread's packed columns.
  public static func product(m: Int, n: Int, k: Int, threads: Int) -> Int {
    let tiling = ProductTiling(m: m, n: n, k: k, threads: threads)
    return floats(tiling.leftFloats) + floats(tiling.workers * tiling.rightFloats)
  }

  /// Scratch of a product that one thread computes inside a tile: both factors packed whole.
  public static func tileProduct(m: Int, n: Int, k: Int) -> Int {
    floats(
      ProductTiling.leftFloats(rows: m, depth: k) + ProductTiling.rightFloats(columns: n, depth: k))
  }
}
