/// The numbers that a key allows.
enum NumberBounds {
  /// 0 and more.
  case notNegative
  /// More than 0.
  case positive
  /// 0 up to but not 1: a probability of dropping, a decay rate.
  case belowOne
  /// 0 to 1.
  case fraction
  /// More than 0, less than 1: a split.
  case properFraction
  /// Any.
  case finite

  /// Why a number is not allowed; nil where it is.
  func fault(_ value: Double, what: String, found: String) -> Fault? {
    if let least, value < least.value || (least.isExcluded && value == least.value) {
      return .tooSmall(what: what, found: found, least: least.text)
    }
    if let greatest,
      value > greatest.value || (greatest.isExcluded && Float(value) >= Float(greatest.value))
    {
      // 0.999999999 is 1 in f32, as which the engine would take it.
      let isRounded = value < greatest.value
      return .tooLarge(
        what: what, found: found, greatest: greatest.text + (isRounded ? ", as f32" : ""))
    }
    // The engine computes in f32, where such a number would be infinite, or 0.
    if value.magnitude > Double(Float.greatestFiniteMagnitude) {
      return .tooLarge(what: what, found: found, greatest: "at most 3.4e38, as f32")
    }
    if value != 0, value.magnitude < Double(Float.leastNonzeroMagnitude) {
      return .tooSmall(what: what, found: found, least: "at least 1.5e-45, as f32")
    }
    return nil
  }

  /// The bounds as a schema has them.
  var limits: SchemaNode.Limits {
    SchemaNode.Limits(
      least: least?.value, excludesLeast: least?.isExcluded ?? false, greatest: greatest?.value,
      excludesGreatest: greatest?.isExcluded ?? false)
  }

  private struct Bound {
    var value: Double
    var isExcluded: Bool
    var text: String
  }

  private var least: Bound? {
    switch self {
    case .finite: nil
    case .notNegative, .belowOne, .fraction: Bound(value: 0, isExcluded: false, text: "at least 0")
    case .positive, .properFraction: Bound(value: 0, isExcluded: true, text: "more than 0")
    }
  }

  private var greatest: Bound? {
    switch self {
    case .finite, .notNegative, .positive: nil
    case .fraction: Bound(value: 1, isExcluded: false, text: "at most 1")
    case .belowOne, .properFraction: Bound(value: 1, isExcluded: true, text: "less than 1")
    }
  }
}
