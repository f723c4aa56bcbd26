/// A figure's SVG that can be a part of the page, so that it follows the page's colours and its text
/// can be selected.
///
/// Only what nbrun's own figures consist of is let through: a line an element, a few elements, a
/// few attributes with plain values. Anything else in the file, and it is no figure. A browser looks
/// at scalars and not at characters, so bytes are compared.
struct FigureMarkup {
  /// The SVG without its style sheet, which the page has.
  let html: String

  private typealias Line = ArraySlice<UInt8>

  init?(_ contents: String) {
    let bytes = Array(contents.utf8)
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)[...]
    while lines.last?.isEmpty == true { lines.removeLast() }
    guard let head = lines.popFirst(), lines.popLast().map(Self.text) == "</svg>",
      let attributes = Self.attributes(head, of: "svg", closing: ">"),
      Set(attributes.map(\.name)).isSubset(of: Self.headAttributes),
      attributes.allSatisfy({
        $0.name != "xmlns" || Self.text($0.value) == "http://www.w3.org/2000/svg"
      }),
      let start = lines.popFirst(), start.starts(with: "<style>".utf8),
      let end = lines.firstIndex(where: { $0.ends(with: "</style>") })
    else { return nil }
    let drawing = lines[lines.index(after: end)...]
    guard drawing.allSatisfy(Self.isElement) else { return nil }
    html = ([head] + drawing).map { Self.text($0) + "\n" }.joined() + "</svg>"
  }

  private static let headAttributes: Set<String> = [
    "xmlns", "width", "height", "viewBox", "role", "aria-label",
  ]

  private static let elementAttributes: Set<String> = [
    "class", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "width", "height", "d",
    "points", "text-anchor", "transform",
  ]

  private static func isElement(_ line: Line) -> Bool {
    for name in ["rect", "line", "circle", "path", "polyline"] {
      if let attributes = attributes(line, of: name, closing: "/>") {
        return attributes.allSatisfy(isPlain)
      }
    }
    guard line.starts(with: "<text".utf8), line.ends(with: "</text>"),
      let end = line.firstIndex(of: UInt8(ascii: ">")),
      let attributes = attributes(line[...end], of: "text", closing: ">")
    else { return false }
    let text = line[(end + 1)...].dropLast(7)
    return attributes.allSatisfy(isPlain) && !text.contains(where: isBracket)
  }

  private static func isPlain(_ attribute: (name: String, value: Line)) -> Bool {
    elementAttributes.contains(attribute.name)
      && attribute.value.allSatisfy { byte in
        switch Unicode.Scalar(byte) {
        case "a"..."z", "A"..."Z", "0"..."9", " ", ".", ",", "-", "+", "(", ")": true
        default: false
        }
      }
  }

  private static func isBracket(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">")
  }

  /// The attributes of a tag that is just that; nil for anything else.
  private static func attributes(
    _ tag: Line, of element: String, closing: String
  ) -> [(name: String, value: Line)]? {
    let opening = "<\(element)"
    guard tag.starts(with: "\(opening) ".utf8), tag.ends(with: closing) else { return nil }
    var rest = tag.dropFirst(opening.utf8.count).dropLast(closing.utf8.count)
    var attributes: [(name: String, value: Line)] = []
    while !rest.isEmpty {
      guard rest.popFirst() == UInt8(ascii: " "),
        let equals = rest.firstIndex(of: UInt8(ascii: "="))
      else { return nil }
      let name = text(rest[..<equals])
      rest = rest[(equals + 1)...]
      let quote = UInt8(ascii: "\"")
      guard rest.popFirst() == quote, let end = rest.firstIndex(of: quote) else { return nil }
      let value = rest[..<end]
      guard !value.contains(where: isBracket) else { return nil }
      attributes.append((name, value))
      rest = rest[(end + 1)...]
    }
    return attributes
  }

  private static func text(_ bytes: Line) -> String { String(decoding: bytes, as: UTF8.self) }
}

extension ArraySlice<UInt8> {
  fileprivate func ends(with text: String) -> Bool {
    suffix(text.utf8.count).elementsEqual(text.utf8)
  }
}
