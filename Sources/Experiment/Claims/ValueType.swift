/// The types of values in claims.
enum ValueType {
  case number, text, boolean

  /// The type of a recorded value by its name: digests are texts, all else is a number.
  init(ofName name: String) { self = name.hasPrefix("digest.") ? .text : .number }

  /// The type with its article.
  var description: String {
    switch self {
    case .number: "a number"
    case .text: "a text"
    case .boolean: "a condition"
    }
  }
}
