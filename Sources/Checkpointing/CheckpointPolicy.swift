/// Which forward values are kept for the backward pass; the others are computed again.
///
/// A *block* is an iteration of a model's outermost `repeat`; in a model without one, a top-level
/// layer.
public enum CheckpointPolicy: Hashable, Sendable, Codable {
  /// Keep everything that the backward pass needs.
  case none
  /// Cut the blocks into segments of `k` and keep only what enters a segment.
  case every(Int)
  /// Make a segment of each layer whose path matches one of the names; `*` stands for any text.
  case blocks([String])
  /// `every: k` with k = ⌈√n⌉ for n blocks (Chen et al. 2016, section 4.1).
  case sqrt
}

extension CheckpointPolicy: CustomStringConvertible {
  /// The policy as notebooks write it.
  public var description: String {
    switch self {
    case .none: "none"
    case .every(let count): "every: \(count)"
    case .blocks(let names): "blocks: [\(names.joined(separator: ", "))]"
    case .sqrt: "sqrt"
    }
  }
}
