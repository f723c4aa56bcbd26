/// Stretches of a matrix's rows, in ascending order, outside which all values are zero.
///
/// A product leaves the other rows out: as lines of a factor their results are zero, and along k they
/// add 0 · x to a chain of multiply-adds, which changes none of its bits.
public struct RowRuns: Sendable, Equatable {
  /// The stretches: not empty, not adjacent.
  public let ranges: [Range<Int>]
  /// Rows in all of them.
  public let count: Int

  /// Stretches start at multiples of this: whole panels of packed rows in every build.
  public static let unit = ProductTiling.rowUnit

  /// Finds the rows of `matrix` [rows, width] that aren't all zero, in whole units; nil if none can be
  /// left out.
  ///
  /// Where a unit's first row begins with a number, as in most gradients, that is all that is read.
  public init?(nonzeroIn matrix: Floats, rows: Int, width: Int) {
    self.init(
      rows: rows,
      unitCounts: { unit in
        !Self.isZero(matrix + unit.lowerBound * width, count: unit.count * width)
      })
  }

  /// Finds the rows that count, in whole units; nil if none can be left out.
  public init?(rows: Int, counts: (_ row: Int) -> Bool) {
    self.init(rows: rows, unitCounts: { $0.contains(where: counts) })
  }

  private init?(rows: Int, unitCounts: (Range<Int>) -> Bool) {
    var ranges: [Range<Int>] = []
    for first in stride(from: 0, to: rows, by: Self.unit) {
      let unit = first..<min(rows, first + Self.unit)
      guard unitCounts(unit) else { continue }
      if let last = ranges.last, last.upperBound == first {
        ranges[ranges.count - 1] = last.lowerBound..<unit.upperBound
      } else {
        ranges.append(unit)
      }
    }
    guard ranges != [0..<rows] else { return nil }
    self.init(ranges)
  }

  /// Reads 64 values at a time, without their signs: each comparison ends in a jump.
  private static func isZero(_ values: Floats, count: Int) -> Bool {
    let whole = count / 64 * 64
    for start in stride(from: 0, to: whole, by: 64) {
      var bits: UInt32 = 0
      for place in 0..<64 { bits |= values[start + place].bitPattern << 1 }
      if bits != 0 { return false }
    }
    return UnsafeBufferPointer(start: values + whole, count: count - whole).allSatisfy { $0 == 0 }
  }

  private init(_ ranges: [Range<Int>]) {
    self.ranges = ranges
    count = ranges.reduce(0) { $0 + $1.count }
  }

  /// The parts of the stretches that lie in `rows`.
  public func parts(in rows: Range<Int>) -> [Range<Int>] {
    ranges.map { $0.clamped(to: rows) }.filter { !$0.isEmpty }
  }

  /// The stretches between, of `rows` rows.
  public func gaps(rows: Int) -> [Range<Int>] {
    let ends = [0] + ranges.map(\.upperBound)
    let starts = ranges.map(\.lowerBound) + [rows]
    return zip(ends, starts).filter { $0 < $1 }.map { $0..<$1 }
  }

  /// The parts of the stretches that lie in `places`, counted without what is between stretches.
  func parts(inPlaces places: Range<Int>) -> [Range<Int>] {
    var (parts, place): ([Range<Int>], Int) = ([], 0)
    for range in ranges {
      let shift = range.lowerBound - place
      let part = range.clamped(to: places.lowerBound + shift..<places.upperBound + shift)
      if !part.isEmpty { parts.append(part) }
      place += range.count
    }
    return parts
  }
}
