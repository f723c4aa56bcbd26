/// How a matrix product is cut so that its parts stay in the caches.
///
/// None of this shows in the result: each element is one chain along k, cut or not. So the cuts may
/// follow the thread count.
public struct ProductTiling: Sendable {
  /// Rows that one task packs, or computes between two writes of what the product is added to; a
  /// multiple of every build's panel.
  public static let rowTask = 96
  /// Packed rows are padded to a multiple of this: two panels, which are packed at once.
  static let rowUnit = 12
  /// Packed columns are padded to a multiple of this.
  public static let columnUnit = 32
  /// The most of k that is packed at once: as a tile asks for its operands ahead of time, they may come
  /// from the L2 cache, and the longer k is, the seldomer the result is read and written.
  private static let mostDepth = 768
  /// The most rows that are packed at once, for all threads: 6.2 MiB, in the L3 cache.
  private static let mostRows = 2112
  /// The most columns that a thread packs at once: 192 KiB, in its L2 cache; few enough that no thread
  /// waits long for the last task of another.
  private static let mostColumns = 64
  /// Multiply-adds that take less time than waking a thread.
  private static let small = 1 << 18

  /// The threads that work, at most; each has its own packed columns.
  public let workers: Int
  /// How much of k is packed at once.
  public let depth: Int
  /// How many rows are packed at once.
  public let rows: Int
  /// How many columns a thread packs at once: each thread gets the same number of tasks.
  public let columns: Int

  /// Cuts a product of [m, k] and [k, n].
  public init(m: Int, n: Int, k: Int, threads: Int) {
    workers = m * n * k < Self.small ? 1 : threads
    depth = Self.even(k, most: Self.mostDepth, unit: 16)
    rows = Self.even(m, most: Self.mostRows, unit: Self.rowUnit)
    let tasks = Tiling.blocks(n, of: Self.mostColumns * workers) * workers
    columns = Self.padded(Tiling.blocks(n, of: tasks), to: Self.columnUnit)
  }

  /// Floats of the packed rows.
  public var leftFloats: Int { Self.leftFloats(rows: rows, depth: depth) }

  /// Floats of one thread's packed columns.
  public var rightFloats: Int { Self.rightFloats(columns: columns, depth: depth) }

  /// Floats of a part of the result that a thread computes at once.
  public var partFloats: Int { Self.rowTask * columns }

  /// Floats of this many packed rows.
  public static func leftFloats(rows: Int, depth: Int) -> Int {
    padded(rows, to: rowUnit) * depth
  }

  /// Floats of this many packed columns.
  public static func rightFloats(columns: Int, depth: Int) -> Int {
    padded(columns, to: columnUnit) * depth
  }

  /// The rows of a task, of `count` packed ones that are divided into so many parts.
  public static func rowPart(_ count: Int, parts: Int) -> Int {
    padded(Tiling.blocks(count, of: parts), to: rowUnit)
  }

  /// Parts of the same size, none above `most`, all but the last a multiple of `unit`.
  private static func even(_ count: Int, most: Int, unit: Int) -> Int {
    min(count, padded(Tiling.blocks(count, of: Tiling.blocks(count, of: most)), to: unit))
  }

  private static func padded(_ count: Int, to unit: Int) -> Int {
    Tiling.blocks(count, of: unit) * unit
  }
}
