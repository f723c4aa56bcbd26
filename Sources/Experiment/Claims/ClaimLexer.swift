/// Cuts a claim into tokens.
///
/// A reference is an identifier (which may hold `-`), optionally a row in brackets, and dotted
/// names: `gpt-sqrt.memory.peak`, `sizes[every=2].memory.peak`. So `a.x-b.x` is a difference, but
/// `a - b` would need its spaces.
struct ClaimLexer {
  private let bytes: [UInt8]
  private var index = 0

  /// How much a unit is, in bytes or seconds.
  private struct Unit {
    let scale: Double
    let quantity: Quantity
  }

  private static let units: [String: Unit] = Dictionary(
    uniqueKeysWithValues: ByteSize.units.map {
      ($0.name, Unit(scale: Double($0.bytes), quantity: .bytes))
    }
      + [("s", 1), ("ms", 1e-3), ("µs", 1e-6), ("us", 1e-6), ("min", 60)].map {
        ($0.0, Unit(scale: $0.1, quantity: .seconds))
      })

  init(_ text: String) { bytes = Array(text.utf8) }

  /// All tokens.
  static func tokens(of text: String) throws(PlacedClaimFault) -> [ClaimToken] {
    var lexer = ClaimLexer(text)
    var tokens: [ClaimToken] = []
    while let token = try lexer.next() {
      guard tokens.count < ClaimParser.mostTokens else {
        throw PlacedClaimFault(fault: .tooLong, range: token.range)
      }
      tokens.append(token)
    }
    return tokens
  }

  private mutating func next() throws(PlacedClaimFault) -> ClaimToken? {
    skip { $0 == 32 || (9...13).contains($0) }
    guard let byte = peek() else { return nil }
    if isLetter(byte) { return try word() }
    if isDigit(byte) || (byte == UInt8(ascii: ".") && peek(1).map(isDigit) == true) {
      return try number()
    }
    return try symbol()
  }

  // MARK: - Words

  private mutating func word() throws(PlacedClaimFault) -> ClaimToken {
    let start = index
    skip { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
    let name = text(start)
    guard peek() == UInt8(ascii: ".") || peek() == UInt8(ascii: "[") else {
      return ClaimToken(kind: .name(name), range: start..<index)
    }
    var brackets: [String] = []
    while let bracket = try bracket(from: start) { brackets.append(bracket) }
    let pathStart = index
    while peek() == UInt8(ascii: "."), let byte = peek(1), isLetter(byte) {
      index += 1
      skip { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "_") }
    }
    let path = text(pathStart).dropFirst()
    guard !path.isEmpty else {
      throw PlacedClaimFault(fault: .bareName(text(start)), range: start..<index)
    }
    let reference = ValueReference(
      cell: name, brackets: brackets, name: String(path), text: text(start))
    return ClaimToken(kind: .reference(reference), range: start..<index)
  }

  /// `[every=2]`, `[every: 2]`, `[none]`: the row of a plan; `[batch=2]`: the point of a sweep.
  private mutating func bracket(from start: Int) throws(PlacedClaimFault) -> String? {
    guard peek() == UInt8(ascii: "[") else { return nil }
    let open = index
    var depth = 0
    repeat {
      if peek() == UInt8(ascii: "[") { depth += 1 }
      if peek() == UInt8(ascii: "]") { depth -= 1 }
      index += 1
    } while depth > 0 && index < bytes.count
    guard depth == 0 else {
      throw PlacedClaimFault(fault: .unfinished(expected: "']'"), range: open..<index)
    }
    return String(text(open).dropFirst().dropLast())
  }

  // MARK: - Numbers

  private mutating func number() throws(PlacedClaimFault) -> ClaimToken {
    let start = index
    skip(while: isDigit)
    var isWhole = true
    if peek() == UInt8(ascii: ".") {
      isWhole = false
      index += 1
      skip(while: isDigit)
    }
    if peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") {
      isWhole = false
      index += 1
      if peek() == UInt8(ascii: "-") || peek() == UInt8(ascii: "+") { index += 1 }
      skip(while: isDigit)
    }
    let digits = text(start)
    let unit = try unit() ?? Unit(scale: 1, quantity: .stated)
    return try number(digits, isWhole: isWhole, unit: unit, range: start..<index)
  }

  private func number(
    _ digits: String, isWhole: Bool, unit: Unit, range: Range<Int>
  ) throws(PlacedClaimFault) -> ClaimToken {
    let scale = unit.scale
    if isWhole, scale >= 1, let bytes = ByteSize.bytes(digits, times: Int(scale)) {
      return ClaimToken(kind: .integer(bytes, unit.quantity), range: range)
    }
    let complete = digits.hasSuffix(".") ? digits + "0" : digits
    guard let value = Double(complete), (value * scale).isFinite else {
      throw PlacedClaimFault(fault: .numberTooLarge(digits), range: range)
    }
    return ClaimToken(kind: .number(value * scale, unit.quantity), range: range)
  }

  /// A unit behind a number: bytes or seconds.
  private mutating func unit() throws(PlacedClaimFault) -> Unit? {
    let before = index
    skip { $0 == 32 }
    let start = index
    skip { isLetter($0) || $0 >= 0x80 }
    let name = text(start)
    guard !name.isEmpty, !["AND", "OR", "NOT"].contains(name.uppercased()) else {
      index = before
      return nil
    }
    guard let unit = Self.units[name] else {
      throw PlacedClaimFault(
        fault: .unknownUnit(name, known: ByteSize.units.map(\.name) + ["s", "ms", "µs", "min"]),
        range: start..<index)
    }
    return unit
  }

  // MARK: - Symbols

  private mutating func symbol() throws(PlacedClaimFault) -> ClaimToken {
    let start = index
    let known = ["<=", ">=", "==", "!=", "<>", "<", ">", "=", "+", "-", "*", "/", "(", ")", ","]
    for symbol in known where bytes[index...].starts(with: symbol.utf8) {
      index += symbol.utf8.count
      return ClaimToken(kind: .symbol(symbol), range: start..<index)
    }
    index += 1
    skip { $0 & 0xC0 == 0x80 }
    throw PlacedClaimFault(fault: .unknownCharacter(text(start)), range: start..<index)
  }

  // MARK: - Bytes

  private func peek(_ ahead: Int = 0) -> UInt8? {
    index + ahead < bytes.count ? bytes[index + ahead] : nil
  }

  private mutating func skip(while condition: (UInt8) -> Bool) {
    while let byte = peek(), condition(byte) { index += 1 }
  }

  private func text(_ start: Int) -> String {
    String(decoding: bytes[start..<index], as: UTF8.self)
  }
}

private func isLetter(_ byte: UInt8) -> Bool {
  (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
}

private func isDigit(_ byte: UInt8) -> Bool {
  (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
}
