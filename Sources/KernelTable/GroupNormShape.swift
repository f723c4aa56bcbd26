/// The sizes of a group norm over x[batch · positions, width].
public struct GroupNormShape: Hashable, Sendable {
  /// Examples.
  public var batch: Int
  /// Rows of an example.
  public var positions: Int
  /// Channels.
  public var width: Int
  /// Groups of channels; divide the width.
  public var groups: Int

  /// Creates sizes.
  public init(batch: Int, positions: Int, width: Int, groups: Int) {
    self.batch = batch
    self.positions = positions
    self.width = width
    self.groups = groups
  }

  /// Values of a group in an example.
  public var count: Int { positions * (width / groups) }

  /// Calls `body` with each group's channels.
  public func forEachGroup(_ body: (_ group: Int, _ channels: Range<Int>) -> Void) {
    let size = width / groups
    for group in 0..<groups { body(group, group * size..<(group + 1) * size) }
  }

  /// The mean over a group from its channels' sums.
  public func mean(_ sums: MutableFloats, _ channels: Range<Int>) -> Float {
    channels.reduce(Float(0)) { $0 + sums[$1] } / Float(count)
  }
}
