/// Cuts a text into words as GPT-2 does before it merges bytes.
///
///     's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
///
/// (Radford et al. 2019, `encoder.py`). The words together are the text.
struct WordCutter {
  private enum Class: UInt8 {
    case letter, number, space, other
  }

  private let text: [UInt8]
  private let end: Int
  private var next: Int

  /// Cuts a part of a text that is valid UTF-8.
  init(_ text: [UInt8], _ range: Range<Int>) {
    self.text = text
    next = range.lowerBound
    end = range.upperBound
  }

  /// Where the next word lies; nil at the end.
  mutating func word() -> Range<Int>? {
    guard next < end else { return nil }
    let start = next
    if let length = contraction() {
      next += length
      return start..<next
    }
    // A single space belongs to the word behind it.
    let afterSpace = text[start] == 0x20 ? start + 1 : start
    let (kind, _) = scalar(at: afterSpace)
    if kind == .space {
      next = spaces(from: start)
    } else {
      next = run(of: kind, from: afterSpace)
    }
    return start..<next
  }

  private func contraction() -> Int? {
    guard text[next] == UInt8(ascii: "'"), next + 1 < end else { return nil }
    let second: UInt8 = next + 2 < end ? text[next + 2] : 0
    switch (text[next + 1], second) {
    case (UInt8(ascii: "s"), _), (UInt8(ascii: "t"), _), (UInt8(ascii: "m"), _),
      (UInt8(ascii: "d"), _):
      return 2
    case (UInt8(ascii: "r"), UInt8(ascii: "e")), (UInt8(ascii: "v"), UInt8(ascii: "e")),
      (UInt8(ascii: "l"), UInt8(ascii: "l")):
      return 3
    default: return nil
    }
  }

  private func run(of kind: Class, from start: Int) -> Int {
    var place = start
    while place < end {
      let (found, length) = scalar(at: place)
      guard found == kind else { break }
      place += length
    }
    return place
  }

  /// All spaces at the end of the text; else all but the last, which may belong to the next word.
  private func spaces(from start: Int) -> Int {
    var place = start
    var last = start
    while place < end {
      let (kind, length) = scalar(at: place)
      guard kind == .space else { return last > start ? last : place }
      last = place
      place += length
    }
    return place
  }

  /// The class of the character at a place, and its bytes; a space where the text ends.
  private func scalar(at place: Int) -> (Class, length: Int) {
    guard place < end else { return (.space, 0) }
    let first = text[place]
    if first < 0x80 { return (Self.ascii[Int(first)], 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for index in 1..<length where place + index < end {
      value = value << 6 | UInt32(text[place + index] & 0x3F)
    }
    return (Self.kind(of: Unicode.Scalar(value) ?? "\u{FFFD}"), length)
  }

  private static let ascii: [Class] = (0..<128).map { (byte: UInt8) in
    kind(of: Unicode.Scalar(byte))
  }

  private static func kind(of scalar: Unicode.Scalar) -> Class {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      .letter
    case .decimalNumber, .letterNumber, .otherNumber: .number
    default: scalar.properties.isWhitespace ? .space : .other
    }
  }
}
