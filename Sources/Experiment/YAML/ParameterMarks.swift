/// `${name}` and `$${`, disguised while YAML is parsed.
///
/// In `{lr: ${lr}}` YAML would see a nested mapping. So each character of the syntax is replaced by
/// one private-use character before parsing, which keeps every line and column, and the scalars
/// are decoded afterwards.
enum ParameterMarks {
  /// The characters that a body can't contain because the disguise uses them.
  static let reserved: ClosedRange<UInt32> = 0x10_F000...0x10_F1FF

  private static let dollar: Unicode.Scalar = "\u{10F000}"
  private static let brace: Unicode.Scalar = "\u{10F001}"
  private static let close: Unicode.Scalar = "\u{10F002}"
  private static let literal: [Unicode.Scalar] = ["\u{10F003}", "\u{10F004}", "\u{10F005}"]
  private static let broken: [Unicode.Scalar] = ["\u{10F006}", "\u{10F007}"]

  /// A piece of a decoded scalar.
  enum Piece: Equatable {
    case text(String)
    case parameter(String)
    case malformed
  }

  /// The text with its parameter syntax disguised, scalar for scalar.
  static func encode(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "$")) else { return text }
    let scalars = Array(text.unicodeScalars)
    var encoded = String.UnicodeScalarView()
    var index = 0
    while index < scalars.count {
      let (replacement, length) = replacement(for: scalars[index...])
      encoded.append(contentsOf: replacement)
      index += length
    }
    return String(encoded)
  }

  /// The text as it was written, of one that may be disguised.
  static func restore(_ text: String) -> String {
    var restored = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case dollar, literal[0], literal[1], broken[0]: restored.append("$")
      case brace, literal[2], broken[1]: restored.append("{")
      case close: restored.append("}")
      default: restored.append(scalar)
      }
    }
    return String(restored)
  }

  /// The pieces of a scalar's text.
  static func decode(_ text: String) -> [Piece] {
    var pieces: [Piece] = []
    var plain = String.UnicodeScalarView()
    var scalars = text.unicodeScalars[...]
    func flush() {
      if !plain.isEmpty { pieces.append(.text(String(plain))) }
      plain = .init()
    }
    while let scalar = scalars.popFirst() {
      switch scalar {
      case dollar:
        flush()
        let name = scalars.dropFirst().prefix { $0 != close }
        pieces.append(.parameter(String(name)))
        scalars = scalars.dropFirst(name.count + 2)
      case literal[0]: plain.append(contentsOf: "${".unicodeScalars)
      case broken[0]:
        flush()
        pieces.append(.malformed)
      case literal[1], literal[2], broken[1]: continue
      default: plain.append(scalar)
      }
    }
    flush()
    return pieces
  }

  private static func replacement(
    for scalars: ArraySlice<Unicode.Scalar>
  ) -> (text: [Unicode.Scalar], length: Int) {
    if scalars.starts(with: "$${".unicodeScalars) { return (literal, 3) }
    guard scalars.starts(with: "${".unicodeScalars) else { return (Array(scalars.prefix(1)), 1) }
    let name = scalars.dropFirst(2).prefix(while: isNameScalar)
    let isClosed = scalars.dropFirst(2 + name.count).first == "}"
    guard isClosed, isParameterName(String(String.UnicodeScalarView(name))) else {
      return (broken, 2)
    }
    return ([dollar, brace] + name + [close], name.count + 3)
  }

  /// Whether a parameter can have this name: `[A-Za-z_][A-Za-z0-9_-]*`.
  static func isParameterName(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first else { return false }
    return name.unicodeScalars.allSatisfy(isNameScalar) && first != "-"
      && !("0"..."9").contains(first)
  }

  private static func isNameScalar(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_", "-": true
    default: false
    }
  }
}
