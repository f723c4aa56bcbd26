/// Reads JSON from bytes, a value after the other (RFC 8259).
struct StoredJSONReader {
  private let bytes: [UInt8]
  private var place = 0

  /// Deeper texts are none that the store wrote.
  private static let greatestDepth = 64

  init(_ text: String) { bytes = Array(text.utf8) }

  /// The value that the whole text is.
  mutating func document() throws -> StoredJSON {
    let value = try value(depth: 0)
    skipSpace()
    guard place == bytes.count else { throw StoredJSONDamage() }
    return value
  }

  private mutating func value(depth: Int) throws -> StoredJSON {
    guard depth < Self.greatestDepth else { throw StoredJSONDamage() }
    skipSpace()
    switch try peek() {
    case UInt8(ascii: "{"): return try object(depth)
    case UInt8(ascii: "["): return try list(depth)
    case UInt8(ascii: "\""): return .text(try text())
    case UInt8(ascii: "t"): return try word("true", .flag(true))
    case UInt8(ascii: "f"): return try word("false", .flag(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func object(_ depth: Int) throws -> StoredJSON {
    var members: [(key: String, value: StoredJSON)] = []
    place += 1
    skipSpace()
    if take(UInt8(ascii: "}")) { return .object([]) }
    repeat {
      skipSpace()
      guard try peek() == UInt8(ascii: "\"") else { throw StoredJSONDamage() }
      let key = try text()
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw StoredJSONDamage() }
      members.append((key, try value(depth: depth + 1)))
      skipSpace()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw StoredJSONDamage() }
    return .object(members)
  }

  private mutating func list(_ depth: Int) throws -> StoredJSON {
    var items: [StoredJSON] = []
    place += 1
    skipSpace()
    if take(UInt8(ascii: "]")) { return .list([]) }
    repeat {
      items.append(try value(depth: depth + 1))
      skipSpace()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { throw StoredJSONDamage() }
    return .list(items)
  }

  private mutating func word(_ word: StaticString, _ value: StoredJSON) throws -> StoredJSON {
    let matches = word.withUTF8Buffer { bytes[place...].starts(with: $0) }
    guard matches else { throw StoredJSONDamage() }
    place += word.utf8CodeUnitCount
    return value
  }

  // MARK: - Texts

  private mutating func text() throws -> String {
    place += 1
    let start = place
    while true {
      let byte = try peek()
      if byte == UInt8(ascii: "\\") { return try escapedText(from: start) }
      guard byte >= 0x20 else { throw StoredJSONDamage() }
      place += 1
      if byte == UInt8(ascii: "\"") {
        return String(decoding: bytes[start..<(place - 1)], as: UTF8.self)
      }
    }
  }

  private mutating func escapedText(from start: Int) throws -> String {
    var unescaped = Array(bytes[start..<place])
    while true {
      let byte = try peek()
      guard byte >= 0x20 else { throw StoredJSONDamage() }
      place += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: unescaped, as: UTF8.self)
      case UInt8(ascii: "\\"): unescaped += try escape()
      default: unescaped.append(byte)
      }
    }
  }

  private mutating func escape() throws -> [UInt8] {
    let byte = try peek()
    place += 1
    switch byte {
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "u"): return try Array(String(scalar()).utf8)
    default: throw StoredJSONDamage()
    }
  }

  /// Four hexadecimal digits, or twice four where they are a pair of surrogates.
  private mutating func scalar() throws -> Unicode.Scalar {
    let first = try unit()
    guard (0xD800..<0xDC00).contains(first) else { return try Self.scalar(first) }
    guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw StoredJSONDamage() }
    let second = try unit()
    guard (0xDC00..<0xE000).contains(second) else { throw StoredJSONDamage() }
    return try Self.scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
  }

  private static func scalar(_ value: UInt32) throws -> Unicode.Scalar {
    guard let scalar = Unicode.Scalar(value) else { throw StoredJSONDamage() }
    return scalar
  }

  private mutating func unit() throws -> UInt32 {
    guard place + 4 <= bytes.count else { throw StoredJSONDamage() }
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Character(Unicode.Scalar(bytes[place])).hexDigitValue else {
        throw StoredJSONDamage()
      }
      value = value << 4 + UInt32(digit)
      place += 1
    }
    return value
  }

  // MARK: - Numbers

  /// A whole number that fits into 64 bits, else a floating-point number: `-0` has a sign to keep.
  private mutating func number() throws -> StoredJSON {
    let start = place
    while place < bytes.count, Self.isOfNumber(bytes[place]) { place += 1 }
    let digits = String(decoding: bytes[start..<place], as: UTF8.self)
    if digits != "-0", let whole = Int(digits), !digits.hasPrefix("+") { return .integer(whole) }
    guard let first = digits.utf8.first, first != UInt8(ascii: "+"), let value = Double(digits)
    else { throw StoredJSONDamage() }
    return .number(value)
  }

  private static func isOfNumber(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
      UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }

  // MARK: - Bytes

  private func peek() throws -> UInt8 {
    guard place < bytes.count else { throw StoredJSONDamage() }
    return bytes[place]
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard place < bytes.count, bytes[place] == byte else { return false }
    place += 1
    return true
  }

  private mutating func skipSpace() {
    while place < bytes.count {
      switch bytes[place] {
      case 0x20, 0x0A, 0x0D, 0x09: place += 1
      default: return
      }
    }
  }
}
