/// What a value of the forward pass is for one example.
///
/// In memory every value is a matrix: batch × positions rows of `columns` numbers. Images lie with
/// their channels last, so that a convolution's kernel of one is a linear layer, and the statistics of
/// a batch norm are those of columns.
public enum ValueShape: Hashable, Sendable {
  /// One row of features.
  case vector(Int)
  /// A row of features for each position.
  case sequence(length: Int, width: Int)
  /// A row of channels for each pixel, line by line.
  case image(height: Int, width: Int, channels: Int)

  /// Rows of an example.
  public var positions: Int {
    switch self {
    case .vector: 1
    case .sequence(let length, _): length
    case .image(let height, let width, _): height * width
    }
  }

  /// Columns of every row: features or channels.
  public var columns: Int {
    get {
      switch self {
      case .vector(let count): count
      case .sequence(_, let width): width
      case .image(_, _, let channels): channels
      }
    }
    set {
      self =
        switch self {
        case .vector: .vector(newValue)
        case .sequence(let length, _): .sequence(length: length, width: newValue)
        case .image(let height, let width, _):
          .image(height: height, width: width, channels: newValue)
        }
    }
  }

  /// The extents without the batch, outermost first.
  public var extents: [Int] {
    switch self {
    case .vector(let count): [count]
    case .sequence(let length, let width): [length, width]
    case .image(let height, let width, let channels): [height, width, channels]
    }
  }
}

extension ValueShape: CustomStringConvertible {
  /// The shape in words, such as `a sequence [128, 64]`.
  public var description: String {
    switch self {
    case .vector: "a vector \(extents)"
    case .sequence: "a sequence \(extents)"
    case .image: "an image \(extents)"
    }
  }
}
