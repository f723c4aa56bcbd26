import Diagnostics

/// The places of a line that inline code covers: runs of backticks of equal length and what is
/// between (CommonMark 0.30, 6.1), within the line.
struct CodeSpans {
  /// The covered ranges, ascending.
  private(set) var ranges: [ByteRange] = []

  /// Finds the spans of a line.
  init(ofLine line: ByteRange, in source: SourceText) {
    let runs = Self.runs(line, source.bytes)
    let partners = Self.partners(runs)
    var index = 0
    while index < runs.count {
      let isEscaped =
        runs[index].lowerBound > line.lowerBound
        && source.bytes[runs[index].lowerBound - 1] == UInt8(ascii: "\\")
      if let partner = partners[index], !isEscaped {
        ranges.append(runs[index].lowerBound..<runs[partner].upperBound)
        index = partner
      }
      index += 1
    }
  }

  private static func runs(_ line: ByteRange, _ bytes: [UInt8]) -> [ByteRange] {
    var runs: [ByteRange] = []
    var offset = line.lowerBound
    while offset < line.upperBound {
      let start = offset
      while offset < line.upperBound, bytes[offset] == UInt8(ascii: "`") { offset += 1 }
      if offset > start { runs.append(start..<offset) } else { offset += 1 }
    }
    return runs
  }

  /// For each run the next one of the same length.
  private static func partners(_ runs: [ByteRange]) -> [Int?] {
    var next: [Int: Int] = [:]
    var partners = [Int?](repeating: nil, count: runs.count)
    for index in runs.indices.reversed() {
      partners[index] = next[runs[index].count]
      next[runs[index].count] = index
    }
    return partners
  }
}
