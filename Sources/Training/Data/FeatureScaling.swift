/// What is done to numbers of a file before training: (x/divisor − mean)/deviation.
public struct FeatureScaling: Hashable, Sendable {
  /// 255 for bytes that stand for 0 to 1.
  public var divisor: Float
  /// One for all, or one a channel; empty for 0.
  public var mean: [Float]
  /// One for all, or one a channel; empty for 1.
  public var deviation: [Float]

  /// Creates a scaling; without arguments the one that changes nothing.
  public init(divisor: Float = 1, mean: [Float] = [], deviation: [Float] = []) {
    self.divisor = divisor
    self.mean = mean
    self.deviation = deviation
  }

  /// Scales values whose channels run fastest.
  public func apply(to values: inout [Float]) {
    guard self != FeatureScaling() else { return }
    for index in values.indices {
      var value = values[index] / divisor
      if !mean.isEmpty { value -= mean[index % mean.count] }
      if !deviation.isEmpty { value /= deviation[index % deviation.count] }
      values[index] = value
    }
  }
}
