extension CommonMark {
  /// The text with the bytes replaced that only inline markup could use.
  ///
  /// Only blocks are wanted, inline nodes cost most of cmark's time, and its inline scanner is
  /// quadratic on runs of `<!--` and `![[` (cmark 0.30). Kept is what can begin or end a block: the
  /// marks and the first character of a line, fences, and what ends an HTML block.
  static func inlineMasked(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var masked = Array(text)
    masked.withUnsafeMutableBufferPointer { bytes in
      // The first character of the current line behind its marks; nil before it.
      var first: UInt8?
      for index in bytes.indices {
        let byte = bytes[index]
        if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
          first = nil
        } else if let first {
          if isInline(byte, next: index + 1 < bytes.count ? bytes[index + 1] : 0, first: first) {
            bytes[index] = first == UInt8(ascii: "<") ? UInt8(ascii: "=") : UInt8(ascii: "(")
          }
        } else if !isMarker(byte) {
          first = byte
        }
      }
    }
    return masked
  }

  /// Whether a byte behind a line's first character matters to inline markup alone.
  ///
  /// On a line that may be an HTML tag that is `<` and `[`; `=` is as impossible in their place.
  private static func isInline(_ byte: UInt8, next: UInt8, first: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "<"): next != UInt8(ascii: "/")
    case UInt8(ascii: "["): true
    case UInt8(ascii: "`"): first != UInt8(ascii: "`") && first != UInt8(ascii: "<")
    case UInt8(ascii: "_"): first != UInt8(ascii: "_") && first != UInt8(ascii: "<")
    case UInt8(ascii: "*"), UInt8(ascii: "&"), UInt8(ascii: "\\"), UInt8(ascii: "!"),
      UInt8(ascii: "."), UInt8(ascii: "'"), UInt8(ascii: "\""):
      first != UInt8(ascii: "<")
    default: false
    }
  }

  /// Whether a byte may stand before a block's first character.
  static func isMarker(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: ">"), UInt8(ascii: "-"),
      UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: "."), UInt8(ascii: ")"):
      true
    default: isDigit(byte)
    }
  }

  /// Whether a byte may be part of a list item's number.
  static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
