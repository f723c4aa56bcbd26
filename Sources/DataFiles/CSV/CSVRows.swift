/// Cuts a CSV text into rows: RFC 4180, with any line ends, and blank lines left out.
struct CSVRows {
  /// A field: where its text lies, without its quotes.
  struct Field {
    var range: Range<Int>
    var place: CSVPlace
    /// Whether quotes inside are written twice.
    var hasQuotes: Bool
  }

  let text: [UInt8]
  let delimiter: UInt8
  private var next: Int
  private var line = 1
  private var lineStart: Int

  init(_ text: [UInt8], delimiter: UInt8) {
    self.text = text
    self.delimiter = delimiter
    next = text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    lineStart = next
  }

  /// Bytes read so far.
  var position: Int { next }

  /// The fields of the next row; nil at the end.
  mutating func row() throws(CSVFault) -> [Field]? {
    while endLine() {}
    guard next < text.count else { return nil }
    var fields = [try field()]
    while next < text.count, text[next] == delimiter {
      next += 1
      fields.append(try field())
    }
    _ = endLine()
    return fields
  }

  /// A field's text.
  func text(_ field: Field) throws(CSVFault) -> String {
    let bytes = text[field.range]
    guard let string = String(validating: bytes, as: UTF8.self) else {
      throw .invalidUTF8(field.place)
    }
    guard field.hasQuotes else { return string }
    var isSecond = false
    return String(
      decoding: bytes.filter { byte in
        isSecond = byte == UInt8(ascii: "\"") && !isSecond
        return byte != UInt8(ascii: "\"") || isSecond
      }, as: UTF8.self)
  }

  private var place: CSVPlace { CSVPlace(line: line, column: next - lineStart + 1) }

  /// Moves over a line end, if one is here.
  private mutating func endLine() -> Bool {
    guard next < text.count, text[next] == 0x0A || text[next] == 0x0D else { return false }
    next += text[next...].starts(with: [0x0D, 0x0A]) ? 2 : 1
    line += 1
    lineStart = next
    return true
  }

  private mutating func field() throws(CSVFault) -> Field {
    let place = place
    guard next < text.count, text[next] == UInt8(ascii: "\"") else {
      return Field(range: try plainRange(), place: place, hasQuotes: false)
    }
    return try quotedField(place)
  }

  private mutating func plainRange() throws(CSVFault) -> Range<Int> {
    let start = next
    while next < text.count, text[next] != delimiter, text[next] != 0x0A, text[next] != 0x0D {
      guard text[next] != UInt8(ascii: "\"") else { throw .strayQuote(place) }
      next += 1
    }
    return start..<next
  }

  private mutating func quotedField(_ place: CSVPlace) throws(CSVFault) -> Field {
    next += 1
    let start = next
    var hasQuotes = false
    while next < text.count {
      if text[next] == UInt8(ascii: "\"") {
        guard next + 1 < text.count, text[next + 1] == UInt8(ascii: "\"") else { break }
        hasQuotes = true
        next += 1
      }
      if text[next] == 0x0A {
        line += 1
        lineStart = next + 1
      }
      next += 1
    }
    guard next < text.count else { throw .unterminatedQuote(place) }
    let range = start..<next
    next += 1
    guard next == text.count || [delimiter, 0x0A, 0x0D].contains(text[next]) else {
      throw .textAfterQuote(self.place)
    }
    return Field(range: range, place: place, hasQuotes: hasQuotes)
  }
}
