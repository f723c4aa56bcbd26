/// What can be wrong with numbers of a well-formed file.
public enum ValueFault: DataFileFault, Hashable {
  /// The numbers of a role have fractions, or are larger than can be counted.
  case notWhole(what: String)
  /// A number that makes no sense in its place; examples count from 0.
  case outOfRange(what: String, value: Int, example: Int, allowed: ClosedRange<Int>)

  /// A stable name.
  public var code: String {
    switch self {
    case .notWhole: "wrong-type"
    case .outOfRange: "out-of-range"
    }
  }

  /// Where in the file.
  public var place: String? {
    if case .outOfRange(_, _, let example, _) = self { "example \(example)" } else { nil }
  }

  /// The fault in one sentence.
  public var message: String {
    switch self {
    case .notWhole(let what): "the \(what) are no whole numbers that can be counted"
    case .outOfRange(let what, let value, _, let allowed):
      "\(what) is \(value), but has to be from \(allowed.lowerBound) to \(allowed.upperBound)"
    }
  }

  /// The remedies.
  public var notes: [String] { [] }
}
