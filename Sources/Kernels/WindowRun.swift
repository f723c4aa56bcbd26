import KernelTable

/// A matrix product whose rows are windows, computed from strips of pixels as they lie.
///
/// For each stretch of columns and of k, all threads pack the columns together; then each copies
/// strips of its own and multiplies their lines by the columns. Each result is the chain that it is in
/// `ProductRun`, which is for windows that this would be slower for.
struct WindowRun {
  private let windows: WindowFactor
  private let right: ProductSource
  private let result: ProductBlock
  private let scattered: ScatteredRows?
  private let depth: Int
  private let pool: ThreadPool
  private let table: any KernelTable
  private let workers: Int
  private let strip: WindowStrip
  private let stretch: Stretch
  private let packedColumns: MutableFloats
  private let strips: MutableFloats
  private let stripFloats: Int

  /// Lines with fewer places leave too much of a register tile unused.
  private static let fewestPlaces = 8
  /// The most floats of a strip: 256 KiB stay in an L2 cache beside a part of the columns.
  private static let mostFloats = 1 << 16
  /// Strips of fewer lines would copy too many of them twice.
  private static let fewestLines = 4
  /// Tasks for each thread, so that one that is held up does not hold up all.
  private static let tasksPerThread = 4

  /// Nil where packing the windows is better, or no strip fits the scratch.
  init?(
    windows: WindowFactor, right: ProductSource, result: ProductBlock,
    scattered: ScatteredRows?, depth: Int, kernels: Kernels, scratch: inout Scratch
  ) {
    let tiling = ProductTiling(
      m: result.rows, n: result.columns, k: depth, threads: kernels.threads)
    let lines = Self.lines(
      windows, images: result.rows / windows.grid.count, workers: tiling.workers,
      capacity: min(tiling.leftFloats / tiling.workers, Self.mostFloats))
    guard windows.grid.width >= Self.fewestPlaces, lines > 0 else { return nil }
    (self.windows, self.right, self.result, self.scattered) = (windows, right, result, scattered)
    (self.depth, workers) = (depth, tiling.workers)
    (pool, table) = (kernels.pool, kernels.table)
    strip = WindowStrip(windows, lines: lines)
    stripFloats = Tiling.blocks(strip.floats + strip.slack, of: 16) * 16
    let floats = tiling.leftFloats + workers * (tiling.rightFloats - stripFloats)
    guard let stretch = Stretch(columns: result.columns, depth: depth, floats: floats) else {
      return nil
    }
    self.stretch = stretch
    strips = scratch.floats(workers * stripFloats)
    packedColumns = scratch.floats(stretch.columns * stretch.depth)
  }

  /// The lines of a strip; 0 if none fits.
  private static func lines(
    _ windows: WindowFactor, images: Int, workers: Int, capacity: Int
  ) -> Int {
    let strip = WindowStrip(windows, lines: 1)
    let room = capacity - strip.floats - strip.slack
    guard room >= 0 else { return 0 }
    let fitting = min(windows.grid.height, room / strip.lineStride + 1)
    let even = images * windows.grid.height / (tasksPerThread * workers)
    let most = min(fitting, max(fewestLines, even))
    return Tiling.blocks(
      windows.grid.height, of: Tiling.blocks(windows.grid.height, of: most))
  }

  func run() {
    for column in stride(from: 0, to: result.columns, by: stretch.columns) {
      let columns = column..<min(result.columns, column + stretch.columns)
      for k in stride(from: 0, to: depth, by: stretch.depth) {
        let ks = k..<min(depth, k + stretch.depth)
        pack(columns: columns, ks: ks)
        multiply(columns: columns, ks: ks)
      }
    }
  }

  private func pack(columns: Range<Int>, ks: Range<Int>) {
    let unit = ProductTiling.columnUnit
    run(tasks: Tiling.blocks(columns.count, of: unit)) { task, _ in
      let start = columns.lowerBound + task * unit
      table.packRight(
        right, columns: start..<min(columns.upperBound, start + unit), ks: ks,
        into: packedColumns + (start - columns.lowerBound) * ks.count)
    }
  }

  private func multiply(columns: Range<Int>, ks: Range<Int>) {
    let images = result.rows / windows.grid.count
    let parts = Tiling.blocks(windows.grid.height, of: strip.lines)
    strip.withSegments(ks) { segments in
      run(tasks: images * parts) { task, worker in
        let (image, part) = task.quotientAndRemainder(dividingBy: parts)
        let line = part * strip.lines
        let lines = line..<min(windows.grid.height, line + strip.lines)
        let pixels = strips + worker * stripFloats
        let rows = strip.vertical.count - (strip.lines - lines.count) * strip.vertical.placeStep
        table.copyStrip(strip, image: image, line: line, rows: 0..<rows, into: pixels)
        for place in lines {
          multiply(
            pixels + (place - line) * strip.lineStride, segments,
            line: image * windows.grid.height + place, columns: columns, ks: ks)
        }
      }
    }
  }

  private func multiply(
    _ pixels: Floats, _ segments: UnsafeBufferPointer<ProductSegment>, line: Int,
    columns: Range<Int>, ks: Range<Int>
  ) {
    let row = line * windows.grid.width
    let first = scattered?.pixel(ofRow: row) ?? row
    let result = ks.lowerBound > 0 ? result.continued : result
    var block = result.part(rows: first..<first + windows.grid.width, columns: columns)
    let step = scattered?.step.width ?? 1
    block.stride *= step
    block.addend.stride *= step
    table.multiply(
      rows: pixels, rowStride: strip.placeStride, segments: segments, packedColumns,
      depth: ks.count, into: block)
  }

  /// Runs tasks under workers' numbers below `workers`, which own parts of the scratch.
  private func run(tasks: Int, _ body: (_ task: Int, _ worker: Int) -> Void) {
    if workers == 1 {
      for task in 0..<tasks { body(task, 0) }
    } else {
      pool.run(tasks: tasks, body: body)
    }
  }
}

/// What is packed at once of the right factor.
private struct Stretch {
  let columns: Int
  let depth: Int

  private static let mostColumns = 512
  /// 512 KiB: they stay in an L2 cache beside a strip.
  private static let mostFloats = 1 << 17
  private static let depthUnit = 16

  /// Nil where it would be next to nothing.
  init?(columns: Int, depth: Int, floats: Int) {
    let unit = ProductTiling.columnUnit
    let part = Tiling.blocks(columns, of: Tiling.blocks(columns, of: Self.mostColumns))
    self.columns = Tiling.blocks(part, of: unit) * unit
    let most = min(floats, Self.mostFloats) / self.columns / Self.depthUnit * Self.depthUnit
    guard most > 0 else { return nil }
    let even = Tiling.blocks(depth, of: Tiling.blocks(depth, of: most))
    self.depth = min(depth, Tiling.blocks(even, of: Self.depthUnit) * Self.depthUnit)
  }
}

extension WindowStrip {
  /// Calls `body` with the segments of a stretch of k along each place's window.
  fileprivate func withSegments(
    _ ks: Range<Int>, _ body: (UnsafeBufferPointer<ProductSegment>) -> Void
  ) {
    let capacity = ks.count / run + 2
    withUnsafeTemporaryAllocation(of: ProductSegment.self, capacity: capacity) { segments in
      var (count, k) = (0, ks.lowerBound)
      while k < ks.upperBound {
        let depth = min(run - k % run, ks.upperBound - k)
        segments.initializeElement(
          at: count, to: ProductSegment(offset: offset(ofWindowValue: k), depth: depth))
        count += 1
        k += depth
      }
      body(UnsafeBufferPointer(segments.extracting(0..<count)))
    }
  }
}
