/// Which elements dropout zeroes: element i is dropped if the i-th word of `key` is too small.
public struct DropoutMask: Hashable, Sendable {
  /// The chance that an element is dropped; at least 0 and below 1.
  public var probability: Float
  /// The stream of random words.
  public var key: PhiloxKey

  /// Creates a mask.
  public init(probability: Float, key: PhiloxKey) {
    precondition(probability >= 0 && probability < 1, "dropout needs a probability in 0..<1")
    self.probability = probability
    self.key = key
  }

  /// Words below this are dropped: probability × 2³².
  public var threshold: UInt32 { UInt32(Double(probability) * 4_294_967_296) }

  /// What kept elements are multiplied by: 1/(1 − probability).
  public var keepScale: Float { 1 / (1 - probability) }
}
