extension ScalarValue {
  /// The type of a plain scalar by the core schema of YAML 1.2.2, section 10.3.2.
  ///
  /// An integer that no `Int` holds is a number, so that a reader can still say it is too large.
  init(plain text: String) {
    switch text {
    case "", "~", "null", "Null", "NULL": self = .null
    case "true", "True", "TRUE": self = .flag(true)
    case "false", "False", "FALSE": self = .flag(false)
    default: self = Self.integer(from: text) ?? Self.number(from: text) ?? .text(text)
    }
  }

  private static func integer(from text: String) -> ScalarValue? {
    if text.hasPrefix("0x") { return Int(text.dropFirst(2), radix: 16).map { .integer($0) } }
    if text.hasPrefix("0o") { return Int(text.dropFirst(2), radix: 8).map { .integer($0) } }
    return Int(text).map { .integer($0) }
  }

  private static func number(from text: String) -> ScalarValue? {
    switch text.lowercased() {
    case ".inf", "+.inf": return .number(.infinity)
    case "-.inf": return .number(-.infinity)
    case ".nan": return .number(.nan)
    default: break
    }
    // `Double` also reads "inf", "nan" and hexadecimal floats, which the schema calls text.
    let isDecimal = text.utf8.allSatisfy { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "+-.eE".utf8.contains(byte)
    }
    guard isDecimal else { return nil }
    let digits = text.hasSuffix(".") ? text + "0" : text
    return Double(digits).map { .number($0) }
  }
}

extension ScalarValue {
  /// Whether decimal digits alone were written: an integer, if perhaps too large a one.
  static func isIntegerText(_ text: String) -> Bool {
    let digits = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
    return !digits.isEmpty && digits.utf8.allSatisfy { (48...57).contains($0) }
  }
}
