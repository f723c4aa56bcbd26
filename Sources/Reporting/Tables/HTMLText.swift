import Diagnostics

/// Text from outside inside HTML.
enum HTMLText {
  /// The text with references for what would be markup; invisible characters as escapes.
  static func escaped(_ text: String) -> String {
    escapedForMarkup(sanitizedForTerminal(text), apostrophes: true)
  }
}
