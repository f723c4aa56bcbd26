/// What a model is to put out for each example.
public enum Targets: Hashable, Sendable {
  /// Class indices, so many for each example; those that are `uncounted`, and what the loss ignores,
  /// don't count.
  case classes([Int32], perExample: Int)
  /// Numbers, so many for each example.
  case values([Float], perExample: Int)

  /// The class of what has none: padding, and tokens that are not to be predicted.
  ///
  /// No file's labels mean it by accident, as -1 might.
  public static let uncounted = Int32.min

  /// Targets of an example.
  public var perExample: Int {
    switch self {
    case .classes(_, let count), .values(_, let count): count
    }
  }

  /// How many examples have targets.
  public var count: Int {
    switch self {
    case .classes(let classes, let each): classes.count / max(1, each)
    case .values(let values, let each): values.count / max(1, each)
    }
  }

  /// The targets of some of the examples.
  public func part(_ examples: [Int]) -> Targets {
    switch self {
    case .classes(let all, let each): .classes(rows(examples, of: all, each), perExample: each)
    case .values(let all, let each): .values(rows(examples, of: all, each), perExample: each)
    }
  }
}

/// Some of the rows of a matrix.
func rows<Element>(_ numbers: [Int], of all: [Element], _ width: Int) -> [Element] {
  var result: [Element] = []
  result.reserveCapacity(numbers.count * width)
  for number in numbers { result += all[number * width..<(number + 1) * width] }
  return result
}
