/// What can be wrong with numbers of a well-formed file.
public enum ValueFault: DataFileFault, Hashable {
  /// The numbers of a role are of a type with fractions.
  case notWhole(what: String)
  /// A number that makes no sense in its place.
  case outOfRange(what: String, value: Int, place: ValuePlace, allowed: ClosedRange<Int>)
  /// A number that is none, or beyond f32.
  case notFinite(what: String, value: Float, place: ValuePlace)
  /// A class below 0, and not the one that a loss ignores, if it ignores one.
  case negativeClass(Int, ignored: Int?, place: ValuePlace?)

  /// A stable name.
  public var code: String {
    switch self {
    case .notWhole: "wrong-type"
    case .outOfRange, .negativeClass: "out-of-range"
    case .notFinite: "not-finite"
    }
  }

  /// Where in the file.
  public var place: String? {
    switch self {
    case .notWhole: nil
    case .outOfRange(_, _, let place, _), .notFinite(_, _, let place): place.description
    case .negativeClass(_, _, let place): place?.description
    }
  }

  /// The fault in one sentence.
  public var message: String {
    switch self {
    case .notWhole(let what): "\(what) is no whole number"
    case .outOfRange(let what, let value, _, let allowed):
      "\(what) is \(value), but has to be from \(allowed.lowerBound) to \(allowed.upperBound)"
    case .notFinite(let what, let value, _): "\(what) is \(value) as f32, but has to be finite"
    case .negativeClass(let index, let ignored, _):
      "a class is \(index): classes count from 0" + (ignored.map { ", and \($0) is ignored" } ?? "")
    }
  }

  /// The remedies.
  public var notes: [String] {
    switch self {
    case .negativeClass(let index, _?, _):
      ["if it marks what doesn't count, write 'loss: {cross_entropy: {ignore_index: \(index)}}'"]
    case .negativeClass(_, nil, _):
      ["numbers to predict are floats, in a table a column of type 'number'"]
    case .notWhole, .outOfRange, .notFinite: []
    }
  }
}
