public import KernelTable

extension Kernels {
  /// y[rows, width] = the rows of table[vocabulary, width] that the tokens name.
  public func embeddingForward(
    tokens: UnsafePointer<Int32>, table weights: Floats, into y: MutableFloats, rows: Int,
    width: Int, vocabulary: Int
  ) {
    forEachTile(rows, of: Tiling.rowTask(width: width)) { start, count in
      for row in start..<start + count {
        let token = Self.checked(tokens[row], vocabulary: vocabulary)
        (y + row * width).update(from: weights + token * width, count: width)
      }
    }
  }

  /// Adds each row of dy[rows, width] to its token's row of dTable[vocabulary, width].
  ///
  /// Tasks own columns and walk the rows in order, so equal tokens add up in one order.
  /// - Parameter accumulate: without it dTable is zeroed first.
  public func embeddingBackward(
    dy: Floats, tokens: UnsafePointer<Int32>, into dTable: MutableFloats, accumulate: Bool,
    rows: Int, width: Int, vocabulary: Int
  ) {
    if !accumulate { fill(dTable, with: 0, count: vocabulary * width) }
    forEachTile(width, of: Tiling.columns) { column, count in
      for row in 0..<rows {
        let token = Self.checked(tokens[row], vocabulary: vocabulary)
        let target = dTable + token * width + column
        table.add(target, dy + row * width + column, into: target, count: count)
      }
    }
  }

  /// y[batch·time, width] = x + the row of positions[time, width] for each row's place in time.
  ///
  /// y may be x.
  public func positionForward(
    x: Floats, positions: Floats, into y: MutableFloats, batch: Int, time: Int, width: Int
  ) {
    forEachTile(batch * time, of: Tiling.rowTask(width: width)) { start, count in
      for row in start..<start + count {
        let at = row * width
        table.add(x + at, positions + row % time * width, into: y + at, count: width)
      }
    }
  }

  /// dPositions[time, width] = Σ over the batch of dy[batch·time, width], added if `accumulate`.
  public func positionBackward(
    dy: Floats, into dPositions: MutableFloats, accumulate: Bool, batch: Int, time: Int,
    width: Int
  ) {
    forEachTile(time, of: Tiling.rowTask(width: width)) { start, count in
      for position in start..<start + count {
        let target = dPositions + position * width
        if !accumulate { target.update(repeating: 0, count: width) }
        table.addRows(
          dy + position * width, rows: batch, stride: time * width, into: target, count: width)
      }
    }
  }

  private static func checked(_ token: Int32, vocabulary: Int) -> Int {
    precondition(
      token >= 0 && Int(token) < vocabulary, "token \(token) is not in 0..<\(vocabulary)")
    return Int(token)
  }
}
