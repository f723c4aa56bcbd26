import Diagnostics

/// The info string of a fence: a language and `{…}` with classes, ids and `key=value` pairs, a
/// subset of Pandoc's attributes.
struct FenceAttributes {
  /// A piece of the info string.
  struct Word {
    var text: String
    var range: ByteRange
  }

  /// What is before the braces.
  private(set) var language = Word(text: "", range: 0..<0)
  /// Classes without their dot.
  private(set) var classes: [Word] = []
  /// Ids without `#`.
  private(set) var ids: [Word] = []
  /// The pairs.
  private(set) var pairs: [Directive.Attribute] = []
  /// What is none of these.
  private(set) var strays: [Word] = []
  /// What is malformed.
  private(set) var faults: [(fault: SyntaxFault, range: ByteRange)] = []

  private var keys: Set<String> = []
  private let source: SourceText
  private var offset: Int
  private let end: Int

  /// Reads an info string.
  init(_ info: ByteRange, in source: SourceText) {
    self.source = source
    self.offset = info.lowerBound
    self.end = info.upperBound
    readLanguage()
    guard next == UInt8(ascii: "{") else {
      readBraceless()
      return
    }
    let opening = offset
    offset += 1
    while readAttribute() {}
    guard next == UInt8(ascii: "}") else {
      // A quote without its end has swallowed the brace.
      if !faults.contains(where: { $0.fault == .unclosedQuote }) {
        faults.append((.unclosedBrace, opening..<end))
      }
      return
    }
    offset += 1
    let rest = source.trimmed(offset..<end)
    if !rest.isEmpty { faults.append((.textAfterAttributes(source.text(in: rest)), rest)) }
  }

  private var next: UInt8? { offset < end ? source.bytes[offset] : nil }

  private mutating func readLanguage() {
    let start = offset
    while let byte = next, byte != UInt8(ascii: "{") { offset += 1 }
    language = word(source.trimmed(start..<offset))
  }

  /// `yaml .nbrun-train #id`: surely meant as a directive.
  private mutating func readBraceless() {
    let parts = language.text.split(whereSeparator: \.isWhitespace)
    guard parts.contains(where: { $0.hasPrefix(".nbrun-") }) else { return }
    classes = parts.filter { $0.hasPrefix(".nbrun-") }
      .map { Word(text: String($0.dropFirst()), range: language.range) }
    faults.append((.attributesWithoutBraces, language.range))
  }

  /// Reads one attribute; false at the end.
  private mutating func readAttribute() -> Bool {
    while let byte = next, isSpace(byte) { offset += 1 }
    guard let first = next, first != UInt8(ascii: "}") else { return false }
    let start = offset
    while let byte = next, !isSpace(byte), byte != UInt8(ascii: "}"), byte != UInt8(ascii: "=") {
      offset += 1
    }
    if next == UInt8(ascii: "="), first != UInt8(ascii: "#"), first != UInt8(ascii: ".") {
      readValue(ofKey: word(start..<offset))
      return true
    }
    while let byte = next, !isSpace(byte), byte != UInt8(ascii: "}") { offset += 1 }
    switch first {
    case UInt8(ascii: "#"): ids.append(word((start + 1)..<offset))
    case UInt8(ascii: "."): classes.append(word((start + 1)..<offset))
    default: strays.append(word(start..<offset))
    }
    return true
  }

  private mutating func readValue(ofKey key: Word) {
    offset += 1
    let value: String
    if let quote = next, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      value = readQuoted(quote)
    } else {
      let start = offset
      while let byte = next, !isSpace(byte), byte != UInt8(ascii: "}") { offset += 1 }
      value = source.text(in: start..<offset)
    }
    let range = key.range.lowerBound..<offset
    if key.text.isEmpty {
      faults.append((.emptyAttributeName, range))
    } else if !keys.insert(key.text).inserted {
      faults.append((.repeatedAttribute(key.text), range))
    } else {
      pairs.append(Directive.Attribute(key: key.text, value: value, range: range))
    }
  }

  private mutating func readQuoted(_ quote: UInt8) -> String {
    let start = offset
    offset += 1
    var value: [UInt8] = []
    while let byte = next, byte != quote {
      if byte == UInt8(ascii: "\\"), offset + 1 < end { offset += 1 }
      value.append(source.bytes[offset])
      offset += 1
    }
    if next == nil { faults.append((.unclosedQuote, start..<end)) } else { offset += 1 }
    return String(decoding: value, as: UTF8.self)
  }

  private func word(_ range: ByteRange) -> Word {
    Word(text: source.text(in: range), range: range)
  }
}
