/// The types of values in claims.
enum ValueType: Equatable {
  case number(Quantity)
  case text, boolean

  /// The type of a recorded value by its name: digests are texts, all else is a number.
  init(ofName name: String) {
    self = name.hasPrefix("digest.") ? .text : .number(Quantity(ofName: name))
  }

  /// What a number counts; nil for other types.
  var quantity: Quantity? {
    if case .number(let quantity) = self { quantity } else { nil }
  }

  /// The type with its article.
  var description: String {
    switch self {
    case .number: "a number"
    case .text: "a text"
    case .boolean: "a condition"
    }
  }
}
