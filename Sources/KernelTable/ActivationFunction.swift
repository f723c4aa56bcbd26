/// Functions of one value that a layer applies to each.
public enum ActivationFunction: Hashable, Sendable, CaseIterable {
  /// 0.5x(1 + tanh u) with u = √(2/π)(x + 0.044715x³) (Hendrycks & Gimpel 2016, section 2).
  case geluTanh
  /// x·Φ(x) = 0.5x(1 + erf(x/√2)) (Hendrycks & Gimpel 2016, section 2).
  case geluExact
  /// max(x, 0); NaN stays NaN.
  case relu
  /// x·σ(x) (Hendrycks & Gimpel 2016, section 2).
  case silu
  /// tanh x.
  case tanh
  /// σ(x) = 1/(1 + e^−x).
  case sigmoid

  /// Whether the derivative is computed from the function's output rather than its input.
  public var differentiatesOutput: Bool {
    switch self {
    case .geluTanh, .geluExact, .silu: false
    case .relu, .tanh, .sigmoid: true
    }
  }
}
