extension LineCursor {
  /// Passes a container's share of a line that continues the container; false where the line does
  /// not continue it.
  mutating func pass(_ step: ContainerPath.Step) -> Bool {
    switch step {
    case .quote: passQuote()
    case .item(let columns): skipColumns(columns) == columns || isBlank
    }
  }

  /// Passes all containers of a path; false where the line leaves one of them.
  mutating func pass(_ path: ContainerPath) -> Bool {
    for step in path.steps where !pass(step) { return false }
    return true
  }

  /// Passes `>` with up to three columns before it and one after it.
  private mutating func passQuote() -> Bool {
    var ahead = self
    ahead.skipColumns(3)
    guard ahead.pending == 0, ahead.next == UInt8(ascii: ">") else { return false }
    ahead.skipByte()
    ahead.skipColumns(1)
    self = ahead
    return true
  }

  /// Passes a list item's marker and the white space that belongs to it (CommonMark 0.30, 5.2);
  /// returns the columns by which the item's further lines are indented.
  mutating func passItemMarker() -> Int? {
    let start = column
    skipColumns(3)
    guard pending == 0, passBulletOrNumber() else { return nil }
    let markerEnd = column
    let gap = indentation(upTo: 5)
    if isBlank || gap >= 5 {
      skipColumns(1)
      return markerEnd - start + 1
    }
    skipColumns(gap)
    return markerEnd - start + gap
  }

  private mutating func passBulletOrNumber() -> Bool {
    if let byte = next, [UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*")].contains(byte) {
      skipByte()
      return true
    }
    var digits = 0
    while let byte = next, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9"), digits < 9 {
      skipByte()
      digits += 1
    }
    guard digits > 0, next == UInt8(ascii: ".") || next == UInt8(ascii: ")") else { return false }
    skipByte()
    return true
  }
}
