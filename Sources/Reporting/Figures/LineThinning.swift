extension [Double] {
  /// Which values of a line to draw: all that are finite where there are at most that many, else
  /// those without which no pixel would look otherwise.
  ///
  /// Of each run of values the first, the lowest, the highest and the last finite one stay.
  func drawnPositions(most: Int) -> [Int] {
    guard count > Swift.max(most, 4) else { return indices.filter { self[$0].isFinite } }
    let size = (count * 4 + most - 1) / most
    return stride(from: 0, to: count, by: size).flatMap { start -> [Int] in
      let run = indices[start..<Swift.min(start + size, count)].filter { self[$0].isFinite }
      guard let first = run.first, let last = run.last,
        let low = run.min(by: { self[$0] < self[$1] }),
        let high = run.max(by: { self[$0] < self[$1] })
      else { return [] }
      return Set([first, low, high, last]).sorted()
    }
  }
}
