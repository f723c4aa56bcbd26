/// Which factor of a matrix product is stored transposed; all matrices are row-major.
public enum ProductLayout: Sendable {
  /// c[m, n] = a[m, k] · b[n, k]ᵀ: a linear layer's forward pass.
  case nt
  /// c[m, n] = a[m, k] · b[k, n]: the gradient by the input.
  case nn
  /// c[m, n] = a[k, m]ᵀ · b[k, n]: the gradient by the weight.
  case tn

  /// The leading dimensions of densely stored factors.
  func denseStrides(m: Int, n: Int, k: Int) -> (a: Int, b: Int) {
    switch self {
    case .nt: (k, k)
    case .nn: (k, n)
    case .tn: (m, n)
    }
  }
}
