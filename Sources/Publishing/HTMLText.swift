import Diagnostics

/// Text from outside as HTML that shows it and nothing else.
enum HTMLText {
  /// Escapes what means something in text and in quoted attributes.
  ///
  /// Control characters, which a terminal that shows the file would obey, become visible.
  static func escaped(_ text: String) -> String {
    let visible = replacingScalars(of: text) { scalar in
      switch scalar {
      case "\n", "\t": nil
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}": "\u{FFFD}"
      default: nil
      }
    }
    return escapedForMarkup(visible, apostrophes: true)
  }

  /// Bytes of a Markdown text without control characters that no line of text needs.
  static func withoutControls(_ text: ArraySlice<UInt8>) -> [UInt8] {
    text.map { byte in
      let isControl = byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D || byte == 0x7F
      return isControl ? UInt8(ascii: " ") : byte
    }
  }

  /// A name as headings on GitHub get it for links: lower case, `-` for spaces, no punctuation.
  static func slug(_ text: String) -> String {
    var slug = ""
    for character in text.lowercased() {
      if character.isLetter || character.isNumber || character == "-" || character == "_" {
        slug.append(character)
      } else if character.isWhitespace {
        slug.append("-")
      }
    }
    return slug
  }
}
