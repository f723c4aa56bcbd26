import Testing

@testable import Kernels

@Suite("Tasks of a product")
struct ProductTasksTests {
  @Test("Each row of each column belongs to one task", arguments: 1...4)
  func cover(workers: Int) {
    for columns in [1, 2, 3, 4, 7, 8, 12, 13] {
      for rows in [0..<1, 0..<12, 5..<100, 0..<191, 0..<192, 12..<1100, 0..<2112] {
        let tasks = ProductTasks(columns: columns, rows: rows, workers: workers)
        var covered = [[Range<Int>]](repeating: [], count: columns)
        for task in 0..<tasks.count { covered[tasks[task].column].append(tasks[task].rows) }
        for parts in covered {
          let ordered = parts.sorted { $0.lowerBound < $1.lowerBound }
          #expect(ordered.first?.lowerBound == rows.lowerBound)
          #expect(ordered.last?.upperBound == rows.upperBound)
          #expect(zip(ordered, ordered.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
          #expect(ordered.allSatisfy { !$0.isEmpty })
        }
      }
    }
  }

  @Test(
    "The last columns of many rows are divided, so that no thread waits long; those of few are not")
  func lastColumns() {
    #expect(ProductTasks(columns: 12, rows: 0..<2048, workers: 2).count == 10 + 2 * 4)
    #expect(ProductTasks(columns: 12, rows: 0..<400, workers: 2).count == 10 + 2 * 2)
    #expect(ProductTasks(columns: 12, rows: 0..<300, workers: 2).count == 12)
    #expect(ProductTasks(columns: 12, rows: 0..<2048, workers: 1).count == 12)
  }

  @Test("Columns for fewer threads than there are leave none idle")
  func fewColumns() {
    #expect(ProductTasks(columns: 1, rows: 0..<120, workers: 4).count == 4)
    #expect(ProductTasks(columns: 3, rows: 0..<120, workers: 2).count == 3)
  }
}
