/// Where a number lies in a file; everything counts from 0.
public enum ValuePlace: Hashable, Sendable, CustomStringConvertible {
  /// In an example, and where in it if that says more.
  case example(Int, position: Int? = nil)
  /// In a named tensor.
  case tensor(String, index: [Int])

  /// The place of a number in an array, each of whose first indices is an example.
  ///
  /// - Parameters:
  ///   - offset: the numbers before it, the last index running fastest.
  ///   - shape: the array's sizes.
  public init(offset: Int, in shape: [Int]) {
    let width = shape.dropFirst().reduce(1, *)
    self = .example(offset / width, position: width > 1 ? offset % width : nil)
  }

  /// The indices of a number in an array, the last running fastest.
  static func index(of offset: Int, in shape: [Int]) -> [Int] {
    var rest = offset
    var index: [Int] = []
    for size in shape.reversed() {
      index.insert(rest % size, at: 0)
      rest /= size
    }
    return index
  }

  /// The place in words.
  public var description: String {
    switch self {
    case .example(let example, nil): "example \(example)"
    case .example(let example, let position?): "example \(example), position \(position)"
    case .tensor(let name, let index):
      "tensor '\(name)' at [\(index.map(String.init).joined(separator: ", "))]"
    }
  }
}
