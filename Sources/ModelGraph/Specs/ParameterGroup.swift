/// What an optimizer does differently for some parameters.
public struct ParameterGroup: Hashable, Sendable, Codable {
  /// Which parameters they are.
  public var patterns: [ParameterPattern]
  /// What their learning rate is multiplied by; nil leaves that to other groups.
  public var learningRateScale: Float?
  /// Their λ; nil leaves that to other groups.
  public var weightDecay: Float?

  /// Creates a group.
  public init(
    _ patterns: [ParameterPattern], learningRateScale: Float? = nil, weightDecay: Float? = nil
  ) {
    self.patterns = patterns
    self.learningRateScale = learningRateScale
    self.weightDecay = weightDecay
  }

  /// Whether a parameter belongs to the group.
  public func contains(_ parameter: String) -> Bool {
    patterns.contains { $0.matches(parameter) }
  }
}
