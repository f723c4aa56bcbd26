import KernelTable

/// One matrix product, cut into parts that stay in the caches, on all threads.
///
/// For each stretch of k and each stretch of rows, all threads pack the rows together; then each
/// packs some columns for itself and multiplies all the packed rows by them.
struct ProductRun {
  private let left: ProductSource
  private let right: ProductSource
  private let result: ProductBlock
  private let scattered: ScatteredRows?
  private let depth: Int
  /// The rows that are computed; nil for all.
  private let runs: RowRuns?
  private let prefill: ((Range<Int>, Range<Int>) -> Void)?
  private let pool: ThreadPool
  private let table: any KernelTable
  private let tiling: ProductTiling
  private let packedRows: MutableFloats
  private let packedColumns: MutableFloats
  /// A part of the result for each thread, where its rows do not lie at equal distances.
  private let parts: MutableFloats?

  init(
    left: ProductSource, right: ProductSource, result: ProductBlock,
    scattered: ScatteredRows? = nil, depth: Int, runs: RowRuns? = nil,
    runsAlongDepth: Bool = false, prefill: ((Range<Int>, Range<Int>) -> Void)?, kernels: Kernels,
    scratch: inout Scratch
  ) {
    self.left = left
    self.right = right
    self.result = result
    self.scattered = scattered
    self.depth = runsAlongDepth ? runs?.count ?? depth : depth
    self.runs = runsAlongDepth ? nil : runs
    self.prefill = prefill
    pool = kernels.pool
    table = kernels.table
    tiling = ProductTiling(
      m: result.rows, n: result.columns, k: depth, threads: kernels.threads)
    packedRows = scratch.floats(tiling.leftFloats)
    packedColumns = scratch.floats(tiling.workers * tiling.rightFloats)
    parts = scattered == nil ? nil : scratch.floats(tiling.workers * tiling.partFloats)
  }

  func run() {
    for k in stride(from: 0, to: depth, by: tiling.depth) {
      let ks = k..<min(depth, k + tiling.depth)
      for row in stride(from: 0, to: result.rows, by: tiling.rows) {
        let rows = row..<min(result.rows, row + tiling.rows)
        pack(rows: rows, ks: ks)
        multiply(rows: rows, ks: ks)
      }
    }
  }

  private func parts(of rows: Range<Int>) -> [Range<Int>] { runs?.parts(in: rows) ?? [rows] }

  private func pack(rows: Range<Int>, ks: Range<Int>) {
    run(tasks: Tiling.blocks(rows.count, of: ProductTiling.rowTask)) { task, _ in
      let start = rows.lowerBound + task * ProductTiling.rowTask
      for part in parts(of: start..<min(rows.upperBound, start + ProductTiling.rowTask)) {
        table.packLeft(
          left, rows: part, ks: ks,
          into: packedRows + (part.lowerBound - rows.lowerBound) * ks.count)
      }
    }
  }

  /// Few columns leave threads without work; then the rows are divided too.
  private func multiply(rows: Range<Int>, ks: Range<Int>) {
    let columnTasks = Tiling.blocks(result.columns, of: tiling.columns)
    let partRows = tiling.rowPart(rows.count, columnTasks: columnTasks)
    run(tasks: columnTasks * Tiling.blocks(rows.count, of: partRows)) { task, worker in
      let column = task % columnTasks * tiling.columns
      let columns = column..<min(result.columns, column + tiling.columns)
      let panels = packedColumns + worker * tiling.rightFloats
      table.packRight(right, columns: columns, ks: ks, into: panels)
      let first = rows.lowerBound + task / columnTasks * partRows
      for row in stride(
        from: first, to: min(rows.upperBound, first + partRows), by: ProductTiling.rowTask)
      {
        let end = min(rows.upperBound, first + partRows, row + ProductTiling.rowTask)
        for part in parts(of: row..<end) {
          multiply(
            packedRows + (part.lowerBound - rows.lowerBound) * ks.count, panels, rows: part,
            columns: columns, ks: ks, worker: worker)
        }
      }
    }
  }

  private func multiply(
    _ rowPanels: Floats, _ columnPanels: Floats, rows: Range<Int>, columns: Range<Int>,
    ks: Range<Int>, worker: Int
  ) {
    if let scattered, let parts {
      let part = ProductBlock(
        start: parts + worker * tiling.partFloats, stride: columns.count, rows: rows.count,
        columns: columns.count, accumulate: result.accumulate || ks.lowerBound > 0)
      if part.accumulate { scattered.gather(rows, columns, of: result, into: part) }
      table.multiply(rowPanels, columnPanels, depth: ks.count, into: part)
      return scattered.scatter(part, to: rows, columns, of: result)
    }
    if ks.lowerBound == 0 { prefill?(rows, columns) }
    let block = ProductBlock(
      start: result.start + rows.lowerBound * result.stride + columns.lowerBound,
      stride: result.stride, rows: rows.count, columns: columns.count,
      accumulate: result.accumulate || ks.lowerBound > 0)
    table.multiply(rowPanels, columnPanels, depth: ks.count, into: block)
  }

  /// Runs tasks under workers' numbers below `tiling.workers`, which own parts of the scratch.
  private func run(tasks: Int, _ body: (_ task: Int, _ worker: Int) -> Void) {
    if tiling.workers == 1 {
      for task in 0..<tasks { body(task, 0) }
    } else {
      pool.run(tasks: tasks, body: body)
    }
  }
}
