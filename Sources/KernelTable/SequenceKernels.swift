/// What is done to rows and heads as a whole.
public protocol SequenceKernels: Sendable {
  /// y = exp(x − max x)/Σ exp(x − max x) of a row; y may be x.
  func softmax(_ x: Floats, into y: MutableFloats, count: Int)

  /// dx = y·(dy − Σ dy·y) of a row; dx may be dy.
  func softmaxBackward(_ dy: Floats, _ y: Floats, into dx: MutableFloats, count: Int)

  /// Turns pairs of a head's features: y₁ = x₁·cos − x₂·sin and y₂ = x₂·cos + x₁·sin, where x₁ is
  /// the first half of the features and x₂ the second.
  ///
  /// y may be x.
  /// - Parameters:
  ///   - angles: `half` cosines, then `half` sines.
  ///   - backward: turns the other way.
  func rotate(_ x: Floats, angles: Floats, backward: Bool, into y: MutableFloats, half: Int)
}
