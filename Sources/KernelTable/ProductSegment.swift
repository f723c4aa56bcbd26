/// A stretch of a product's k along which the values of an unpacked factor lie at equal distances.
public struct ProductSegment {
  /// Floats from where the factor begins to the stretch's first value.
  public var offset: Int
  /// How much of k it is.
  public var depth: Int

  /// Creates a stretch.
  public init(offset: Int, depth: Int) {
    self.offset = offset
    self.depth = depth
  }
}
