/// Collects the fields of one column.
struct CSVCollector {
  let column: CSVColumn
  /// The column's place in a row.
  let index: Int
  private var numbers: [Double] = []
  private var indices: [Int32] = []
  private var places: [String: Int32] = [:]
  private var texts: [String] = []

  init(_ column: CSVColumn, index: Int) {
    self.column = column
    self.index = index
  }

  /// Words that stand for no value.
  private static let missing: Set = ["", "NA", "N/A", "NaN", "nan", "null", "NULL"]

  /// Adds a row's field.
  ///
  /// - Returns: whether it has a value.
  mutating func add(_ field: CSVRows.Field, of rows: CSVRows) throws(CSVFault) -> Bool {
    let text = try rows.text(field)
    if column.kind == .text {
      texts.append(text)
      return true
    }
    let word = trimmed(text)
    guard !Self.missing.contains(word) else {
      if column.kind == .category { indices.append(-1) } else { numbers.append(.nan) }
      return false
    }
    switch column.kind {
    case .number:
      guard let number = decimal(word) else {
        throw .notNumber(text, column: column.name, field.place)
      }
      guard Float(number).isFinite else {
        throw .beyondFloat(text, column: column.name, field.place)
      }
      numbers.append(number)
    case .integer:
      guard let number = Int(word) else {
        throw .notInteger(text, column: column.name, field.place)
      }
      numbers.append(Double(number))
    case .category, .text: indices.append(place(of: word))
    }
    return true
  }

  private mutating func place(of word: String) -> Int32 {
    if let place = places[word] { return place }
    // There are fewer words than bytes of the text, which an array holds.
    let place = Int32(clamping: places.count)
    places[word] = place
    return place
  }

  /// Takes a row's field back.
  mutating func removeLast() {
    switch column.kind {
    case .number, .integer: numbers.removeLast()
    case .category: indices.removeLast()
    case .text: texts.removeLast()
    }
  }

  /// The values; words are in the order of their numbers, or else of their bytes, so that a class
  /// does not depend on the order of rows.
  var values: CSVValues {
    switch column.kind {
    case .number, .integer: return .numbers(numbers)
    case .text: return .texts(texts)
    case .category: return sortedCategories
    }
  }

  private var sortedCategories: CSVValues {
    // A word whose rows were all dropped is no category.
    let used = Set(indices)
    let found = places.filter { used.contains($0.value) }.keys
    let words: [String] =
      found.allSatisfy { Int($0) != nil }
      ? found.sorted { (Int($0) ?? 0, $0) < (Int($1) ?? 0, $1) }
      : found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    var ranks = [Int32](repeating: -1, count: places.count)
    for (rank, word) in words.enumerated() {
      if let place = places[word] { ranks[Int(place)] = Int32(clamping: rank) }
    }
    return .categories(indices.map { $0 < 0 ? -1 : ranks[Int($0)] }, words: words)
  }
}

private func trimmed(_ text: String) -> String {
  let ends = [text.utf8.first, text.utf8.last]
  guard ends.contains(0x20) || ends.contains(0x09) else { return text }
  let isSpace = { (character: Character) in character == " " || character == "\t" }
  let tail = text.drop(while: isSpace)
  let end = tail.lastIndex { !isSpace($0) }
  return end.map { String(tail[...$0]) } ?? ""
}

/// A decimal number, infinite where it is beyond a `Double`; the library's other notations
/// (`0x1p3`, `inf`) are no data.
private func decimal(_ word: String) -> Double? {
  let isDecimal = word.utf8.allSatisfy { byte in
    (0x30...0x39).contains(byte) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains(byte)
  }
  guard isDecimal else { return nil }
  return Double(word)
}
