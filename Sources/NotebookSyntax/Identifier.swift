/// The rule for ids: `[a-z][a-z0-9-]*`.
enum Identifier {
  /// Whether a text is an id.
  static func isValid(_ text: String) -> Bool {
    guard let first = text.utf8.first, isLetter(first) else { return false }
    return text.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
  }

  /// A valid id made of a text's usable letters; empty where it has none.
  static func nearest(to text: String) -> String {
    let bytes = text.lowercased().utf8.map { byte in
      isLetter(byte) || isDigit(byte) ? byte : UInt8(ascii: "-")
    }
    let start = bytes.firstIndex(where: isLetter) ?? bytes.endIndex
    let end = bytes.lastIndex { $0 != UInt8(ascii: "-") }.map { $0 + 1 } ?? start
    guard start < end else { return "" }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }
}
