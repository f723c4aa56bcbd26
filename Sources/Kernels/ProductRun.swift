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
    runsAlongDepth: Bool = false, kernels: Kernels, scratch: inout Scratch
  ) {
    self.left = left
    self.right = right
    self.result = result
    self.scattered = scattered
    self.depth = runsAlongDepth ? runs?.count ?? depth : depth
    self.runs = runsAlongDepth ? nil : runs
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

  private func multiply(rows: Range<Int>, ks: Range<Int>) {
    let tasks = ProductTasks(
      columns: Tiling.blocks(result.columns, of: tiling.columns), rows: rows,
      workers: tiling.workers)
    run(tasks: tasks.count) { task, worker in
      let (number, taskRows) = tasks[task]
      let column = number * tiling.columns
      let columns = column..<min(result.columns, column + tiling.columns)
      let panels = packedColumns + worker * tiling.rightFloats
      table.packRight(right, columns: columns, ks: ks, into: panels)
      for row in stride(
        from: taskRows.lowerBound, to: taskRows.upperBound, by: ProductTiling.rowTask)
      {
        for part in parts(of: row..<min(taskRows.upperBound, row + ProductTiling.rowTask)) {
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
    let result = ks.lowerBound > 0 ? result.continued : result
    if let scattered, let parts {
      var part = ProductBlock(
        start: parts + worker * tiling.partFloats, stride: columns.count, rows: rows.count,
        columns: columns.count)
      if result.addend.matrix != nil {
        scattered.gather(rows, columns, of: result, into: part)
        part = part.continued
      }
      table.multiply(rowPanels, columnPanels, depth: ks.count, into: part)
      return scattered.scatter(part, to: rows, columns, of: result)
    }
    table.multiply(
      rowPanels, columnPanels, depth: ks.count, into: result.part(rows: rows, columns: columns))
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
