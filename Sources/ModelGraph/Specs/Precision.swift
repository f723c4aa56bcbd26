/// What the values of the forward and backward pass are stored as.
///
/// Weights, their gradients, the optimizer's state and all statistics are f32 in both; so is every
/// sum, as kernels compute in f32 on whatever is stored.
public enum Precision: String, Hashable, Sendable, Codable, CaseIterable {
  /// IEEE 754 binary32.
  case f32
  /// The upper half of an f32: 8 bits of precision over the same range, in half the bytes.
  case bf16

  /// What an activation's elements are.
  var element: ElementType {
    switch self {
    case .f32: .float32
    case .bf16: .bfloat16
    }
  }
}
