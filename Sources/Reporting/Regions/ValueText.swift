import Records

/// How recorded values of one column or one claim are written beside each other.
enum ValueText {
  /// A value with its unit.
  static func described(_ value: RecordedValue) -> Table.Cell {
    switch value {
    case .bytes(let bytes): .plain(Format.size(bytes))
    case .count(let count): .plain(Format.count(count))
    case .number(let number): .plain(Format.number(number))
    case .seconds(let seconds): .plain(TimeUnit.described(seconds))
    case .text(let text): .code(isDigest(text) ? Format.digest(text) : text)
    }
  }

  /// Values with units; sizes to the byte where units would make different ones look equal.
  static func described(_ values: [RecordedValue]) -> [Table.Cell] {
    let sizes = values.compactMap { value -> Int? in
      if case .bytes(let bytes) = value { bytes } else { nil }
    }
    let isAmbiguous = Set(sizes).count != Set(sizes.map(Format.size)).count
    return values.map { value in
      guard isAmbiguous, case .bytes(let bytes) = value else { return described(value) }
      return .plain("\(Format.count(bytes)) B")
    }
  }

  /// Whether a text is a whole SHA-256 digest.
  static func isDigest(_ text: String) -> Bool {
    text.utf8.count == 64 && text.utf8.allSatisfy(\.isHexDigit)
  }
}

extension RecordedValue {
  /// Whether a second run may measure something else.
  var isVolatile: Bool {
    if case .seconds = self { true } else { false }
  }

  /// The value as a number; nil for text.
  var number: Double? {
    switch self {
    case .bytes(let count), .count(let count): Double(count)
    case .number(let number), .seconds(let number): number
    case .text: nil
    }
  }
}

extension UInt8 {
  fileprivate var isHexDigit: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"):
      true
    default: false
    }
  }
}
