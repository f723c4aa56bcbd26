import Diagnostics

/// Text from outside as comma-separated values (RFC 4180) that programs and spreadsheets show.
public enum CommaSeparatedText {
  /// The fields of a row, without a line ending.
  public static func row(_ fields: [String]) -> String {
    fields.map(field).joined(separator: ",")
  }

  /// A field, in quotes where it holds what separates fields.
  ///
  /// A text that a spreadsheet would take for a formula gets an apostrophe, as names and data are
  /// nobody's formulas; numbers stay.
  public static func field(_ text: String) -> String {
    let isFormula = text.unicodeScalars.first.map(formulaStarts.contains) ?? false
    let text = isFormula && Double(text) == nil ? "'" + text : text
    guard text.unicodeScalars.contains(where: separates) else { return text }
    return "\"" + replacingScalars(of: text) { $0 == "\"" ? "\"\"" : nil } + "\""
  }

  private static let formulaStarts: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\t", "\r"]

  /// Whether a scalar ends a field or, for some reader, a line.
  private static func separates(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case ",", "\"", "\u{A}"..."\u{D}", "\u{85}", "\u{2028}", "\u{2029}": true
    default: false
    }
  }
}
