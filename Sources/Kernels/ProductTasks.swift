import KernelTable

/// How threads divide the columns and rows of a product among them.
///
/// A task is some columns, all threads having as many; those of the last ones are divided along the
/// rows, so that no thread waits long for another's last task. So are all if they are few.
struct ProductTasks {
  /// The tasks that have all rows.
  private let whole: Int
  /// Those whose rows are divided, before they are.
  private let divided: Int
  private let rows: Range<Int>
  private let partRows: Int
  /// How many there are.
  let count: Int

  /// Into how many parts the rows of the last columns are divided, at most.
  private static let mostParts = 4
  /// Rows that a part should have: each part packs its columns anew.
  private static let partRows = 2 * ProductTiling.rowTask

  /// Divides the rows and so many stretches of columns.
  init(columns: Int, rows: Range<Int>, workers: Int) {
    let isWide = columns >= 2 * workers
    let parts = isWide ? min(Self.mostParts, rows.count / Self.partRows) : workers / columns
    divided = workers == 1 ? 0 : isWide ? workers : columns
    whole = columns - divided
    self.rows = rows
    partRows = ProductTiling.rowPart(rows.count, parts: max(1, parts))
    count = whole + divided * Tiling.blocks(rows.count, of: partRows)
  }

  /// The columns' number and the rows of a task.
  subscript(_ task: Int) -> (column: Int, rows: Range<Int>) {
    guard task >= whole else { return (task, rows) }
    let (part, column) = (task - whole).quotientAndRemainder(dividingBy: divided)
    let first = rows.lowerBound + part * partRows
    return (whole + column, first..<min(rows.upperBound, first + partRows))
  }
}
