/// Which of a norm's gradients are added to earlier contributions: by its input, by its parameters.
///
/// A norm computes all of them at once, as they share their sums.
public struct EarlierGradients: Hashable, Sendable {
  /// Whether dx is added to an earlier contribution.
  public var input: Bool
  /// Whether dγ and dβ are added to earlier contributions.
  public var parameters: Bool

  /// None by default: every gradient is written afresh.
  public init(input: Bool = false, parameters: Bool = false) {
    (self.input, self.parameters) = (input, parameters)
  }

  /// Earlier contributions with the outputs that continue them, dx before those of the parameters.
  ///
  /// - Parameters:
  ///   - first: the input at which they begin.
  ///   - count: parameters of the norm.
  func continued(from first: Int, parameters count: Int) -> [Continuation] {
    let outputs = (input ? [0] : []) + (parameters ? Array(1...count) : [])
    return outputs.enumerated().map { Continuation(input: first + $0.offset, output: $0.element) }
  }
}

extension GradientBuilder {
  /// Adds an operation that computes a norm's gradients by its input and by its parameters.
  ///
  /// `kind` is told of which there are earlier contributions; those are its last inputs.
  /// - Parameter other: a tensor whose gradient is an output after these.
  /// - Returns: that gradient, which no tensor has yet.
  @discardableResult
  mutating func contribute(
    to input: TensorID, and parameters: [TensorID], inputs: [TensorID], other: TensorID? = nil,
    _ kind: (_ earlier: EarlierGradients) -> OperationKind
  ) -> TensorID? {
    let targets = ([input] + parameters).map { target(for: $0) }
    let fresh = other.map { newGradient(of: $0) }
    let earlier = EarlierGradients(
      input: targets[0].previous != nil, parameters: targets[1].previous != nil)
    emit(
      kind(earlier), inputs: inputs + targets.compactMap(\.previous),
      outputs: targets.map(\.result) + (fresh.map { [$0] } ?? []))
    return fresh
  }
}
