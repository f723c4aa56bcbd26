/// Reads numbers as ``Format`` writes them.
enum NumberText {
  /// A whole number, its digits in groups or not.
  static func count(_ text: String) -> Int? {
    Int(text.replacing(Format.groupSeparator, with: ""))
  }

  /// A number, with or without groups, unit and per cent sign.
  static func number(_ text: String) -> Double? {
    let digits = text.replacing(Format.groupSeparator, with: "")
    guard let word = digits.split(separator: " ").first else { return nil }
    switch word {
    case "NaN": return .nan
    case "Inf": return .infinity
    case "-Inf": return -.infinity
    default: return Double(word)
    }
  }
}
