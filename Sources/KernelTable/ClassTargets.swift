/// Class indices that rows of logits are compared with, and how much each row counts.
public struct ClassTargets {
  /// The class of each row; negative ones are ignored.
  public var indices: UnsafePointer<Int32>
  /// A class that is ignored too; −1 is none.
  public var ignoredIndex: Int32
  /// The weights of the classes; nil where all weigh 1.
  public var weights: UnsafeBufferPointer<Float>?
  /// The part of a target that is spread over all classes evenly.
  public var smoothing: Float

  /// Creates targets.
  public init(
    _ indices: UnsafePointer<Int32>, ignoredIndex: Int32 = -1,
    weights: UnsafeBufferPointer<Float>? = nil, smoothing: Float = 0
  ) {
    self.indices = indices
    self.ignoredIndex = ignoredIndex
    self.weights = weights
    self.smoothing = smoothing
  }

  /// The targets from a row on.
  public func advanced(by rows: Int) -> ClassTargets {
    var rest = self
    rest.indices += rows
    return rest
  }

  /// The class of a row; nil where it is ignored.
  public subscript(row: Int) -> Int? {
    let index = indices[row]
    return index < 0 || index == ignoredIndex ? nil : Int(index)
  }

  /// How much a class counts.
  public func weight(of index: Int) -> Float { weights?[index] ?? 1 }
}
