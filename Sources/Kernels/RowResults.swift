import KernelTable

/// The loss of each row and, where hits are counted, the rank of its target.
struct RowResults {
  /// The losses [rows]; 0 for an ignored row.
  let losses: MutableFloats
  /// How many classes come before the target [rows].
  let ranks: UnsafeMutablePointer<Int32>?
  private let rows: Int
  private let hits: [Int]

  init(rows: Int, hits: [Int], scratch: inout Scratch) {
    (self.rows, self.hits) = (rows, hits)
    losses = scratch.floats(rows)
    let ranks = scratch.integers(rows)
    self.ranks = hits.isEmpty ? nil : ranks
  }

  private init(_ whole: RowResults, from row: Int) {
    (rows, hits) = (whole.rows - row, whole.hits)
    losses = whole.losses + row
    ranks = whole.ranks.map { $0 + row }
  }

  /// The results from a row on.
  func advanced(by rows: Int) -> RowResults { RowResults(self, from: rows) }

  /// Adds the losses in row order and in f64, and counts the hits.
  func add(to sums: inout LossSums, targets: ClassTargets) {
    for row in 0..<rows { sums.loss += Double(losses[row]) }
    guard let ranks else { return }
    sums.hits = hits.map { k in
      (0..<rows).count { row in targets[row] != nil && ranks[row] < k }
    }
  }
}
