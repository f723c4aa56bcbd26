/// One of our parameters and the tensors of a folder that hold it.
struct WeightEntry: Hashable, Sendable {
  /// Our parameter's name.
  var parameter: String
  /// Their names; several lie one after another in our rows, as queries, keys and values do.
  var tensors: [String]
  /// The rows of each.
  var rows: [Int]
  /// The columns of a matrix; nil for a vector.
  var columns: Int?
  /// Whether their matrix is [columns, rows], as GPT-2's `Conv1D` has it.
  var isTransposed = false

  /// The shape of their tensor at a position.
  func shape(at index: Int) -> [Int] {
    guard let columns else { return [rows[index]] }
    return isTransposed ? [columns, rows[index]] : [rows[index], columns]
  }
}

extension [Float] {
  /// The transposed of a matrix of `rows` rows.
  func transposed(rows: Int) -> [Float] {
    let columns = count / Swift.max(1, rows)
    return [Float](unsafeUninitializedCapacity: count) { result, filled in
      for row in 0..<rows {
        for column in 0..<columns { result[column * rows + row] = self[row * columns + column] }
      }
      filled = count
    }
  }
}
