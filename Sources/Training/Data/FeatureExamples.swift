import DataFiles

/// Vectors of features, or images with their channels last, each with its targets.
public struct FeatureExamples: Sendable {
  /// Where the features are.
  public enum Values: Sendable {
    /// In memory, example after example.
    case memory([Float])
    /// In files: read when a batch needs them, which examples in this order.
    case stored(any FeatureSource, examples: [Int])
  }

  /// The features.
  public var values: Values
  /// An example's extents: [width] or [height, width, channels].
  public var shape: [Int]
  /// One target each, or as many as the model puts out.
  public var targets: Targets

  /// Creates examples; all parts have the same number of them.
  public init(values: Values, shape: [Int], targets: Targets) {
    self.values = values
    self.shape = shape
    self.targets = targets
  }

  /// Features of an example.
  public var width: Int { shape.reduce(1, *) }

  /// How many examples there are.
  public var count: Int { targets.count }

  /// Some of the examples, in the order of these numbers.
  public func part(_ examples: [Int]) -> FeatureExamples {
    var part = self
    part.targets = targets.part(examples)
    switch values {
    case .memory(let all): part.values = .memory(rows(examples, of: all, width))
    case .stored(let source, let own):
      part.values = .stored(source, examples: examples.map { own[$0] })
    }
    return part
  }

  /// The features of one example.
  func features(of example: Int) throws(DataFileError) -> [Float] {
    switch values {
    case .memory(let all): Array(all[example * width..<(example + 1) * width])
    case .stored(let source, let examples): try source.features(of: examples[example])
    }
  }
}
