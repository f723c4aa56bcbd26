/// What parts of the data are held out of training: the test part is the last, before it validation.
public struct DataSplit: Hashable, Sendable {
  /// The part to choose by.
  public var validation: Double
  /// The part to report on.
  public var test: Double
  /// The seed by which examples are shuffled before they are split; nil takes them in order.
  public var shuffleSeed: Int?

  /// Creates a split.
  public init(validation: Double = 0, test: Double = 0, shuffleSeed: Int? = nil) {
    self.validation = validation
    self.test = test
    self.shuffleSeed = shuffleSeed
  }

  /// Of so many, those of each part: fractions are rounded down, the rest trains.
  public func counts(of count: Int) -> (train: Int, validation: Int, test: Int) {
    let validation = Int((Double(count) * validation).rounded(.down))
    let test = min(Int((Double(count) * test).rounded(.down)), count - validation)
    return (count - validation - test, validation, test)
  }
}
