/// A factor of a matrix product as lines along k: the rows of the left one, the columns of the right.
public struct ProductFactor {
  /// The first line's first value.
  public var start: Floats
  /// Floats from line to line if lines are contiguous, else from one k to the next.
  public var stride: Int
  /// Whether a line's values lie side by side; else those that the lines have at one k do.
  public var contiguousLines: Bool

  /// Creates a factor.
  public init(start: Floats, stride: Int, contiguousLines: Bool) {
    self.start = start
    self.stride = stride
    self.contiguousLines = contiguousLines
  }

  /// The same lines from `line` and `depth` on.
  public func from(line: Int, depth: Int) -> ProductFactor {
    var part = self
    part.start += contiguousLines ? line * stride + depth : depth * stride + line
    return part
  }
}
