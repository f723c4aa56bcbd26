/// What is wrong with an XML text, as far as nbrun writes any: elements, attributes in double quotes,
/// references, no comments.
///
/// Like a parser it looks at scalars, not at characters.
public struct XMLReader {
  /// Places that make the text malformed, in order; empty for a well-formed one.
  public private(set) var problems: [String] = []

  private var rest: Substring.UnicodeScalarView
  private var open: [String] = []

  /// Reads a whole document.
  public init(_ text: String) {
    rest = text.unicodeScalars[...]
    for scalar in rest where !Self.isCharacter(scalar) {
      problems.append("U+\(String(scalar.value, radix: 16)) is no character of XML")
    }
    if rest.starts(with: "<?xml".unicodeScalars), let end = rest.firstIndex(of: ">") {
      rest = rest[end...].dropFirst()
    }
    while problems.isEmpty, !rest.isEmpty {
      let text = take { $0 != "<" }
      check(text)
      if rest.popFirst() != nil { readTag() }
    }
    problems += open.map { "<\($0)> is not closed" }
  }

  private mutating func readTag() {
    if rest.first == "/" {
      rest.removeFirst()
      let name = String(take(Self.isNamePart))
      if open.popLast() != name || rest.popFirst() != ">" { fail("</\(name)") }
      return
    }
    let name = String(take(Self.isNamePart))
    if name.isEmpty { return fail("<") }
    while rest.first == " " {
      rest.removeFirst()
      let attribute = take(Self.isNamePart)
      guard !attribute.isEmpty, rest.popFirst() == "=", rest.popFirst() == "\"" else {
        return fail("<\(name)")
      }
      let value = take { $0 != "\"" }
      if value.contains("<") { return fail("<\(name)") }
      check(value)
      if rest.popFirst() == nil { return fail("<\(name)") }
    }
    let isEmpty = rest.first == "/"
    if isEmpty { rest.removeFirst() }
    if rest.popFirst() != ">" { return fail("<\(name)") }
    if !isEmpty { open.append(name) }
  }

  /// Checks that each `&` begins a reference and nothing looks like the end of a CDATA section.
  private mutating func check(_ text: Substring.UnicodeScalarView) {
    if Array(text).contains(Array("]]>".unicodeScalars)) { fail("]]>") }
    for part in text.split(separator: "&", omittingEmptySubsequences: false).dropFirst() {
      let name = String(part.prefix { $0 != ";" })
      let isNumber = name.hasPrefix("#") && name.dropFirst().allSatisfy(\.isNumber)
      let isKnown = isNumber || ["amp", "lt", "gt", "quot", "apos"].contains(name)
      if !isKnown || !part.contains(";") { fail("&\(name)") }
    }
  }

  private mutating func take(_ isWanted: (Unicode.Scalar) -> Bool) -> Substring.UnicodeScalarView {
    let taken = rest.prefix(while: isWanted)
    rest = rest[taken.endIndex...]
    return taken
  }

  private mutating func fail(_ place: String) {
    problems.append("\(place) before \(String(rest.prefix(40)).debugDescription)")
  }

  private static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII && (scalar.properties.isAlphabetic || scalar == "-")
      || ("0"..."9").contains(scalar)
  }

  private static func isCharacter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }
}
