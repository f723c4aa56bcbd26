/// A figure's SVG that can be a part of the page, so that it follows the page's colours and its text
/// can be selected.
///
/// Only what nbrun's own figures consist of is let through: a line an element, a few elements, a
/// few attributes with plain values. Anything else in the file, and it is no figure.
struct FigureMarkup {
  /// The SVG without its style sheet, which the page has.
  let html: String

  init?(_ contents: String) {
    var lines = contents.split(separator: "\n", omittingEmptySubsequences: false)[...]
    while lines.last?.isEmpty == true { lines.removeLast() }
    guard let head = lines.popFirst(), lines.popLast() == "</svg>",
      let attributes = Self.attributes(head, of: "svg", closing: ">"),
      Set(attributes.map { String($0.name) }).isSubset(of: Self.headAttributes),
      attributes.allSatisfy({ $0.name != "xmlns" || $0.value == "http://www.w3.org/2000/svg" }),
      let start = lines.popFirst(), start.hasPrefix("<style>"),
      let end = lines.firstIndex(where: { $0.hasSuffix("</style>") })
    else { return nil }
    let drawing = lines[lines.index(after: end)...]
    guard drawing.allSatisfy(Self.isElement) else { return nil }
    html = ([head] + drawing + ["</svg>"]).joined(separator: "\n")
  }

  private static let headAttributes: Set<String> = [
    "xmlns", "width", "height", "viewBox", "role", "aria-label",
  ]

  private static let elementAttributes: Set<String> = [
    "class", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "width", "height", "d",
    "points", "text-anchor", "transform",
  ]

  private static func isElement(_ line: Substring) -> Bool {
    for name in ["rect", "line", "circle", "path", "polyline"] {
      if let attributes = attributes(line, of: name, closing: "/>") {
        return attributes.allSatisfy(isPlain)
      }
    }
    guard line.hasPrefix("<text"), line.hasSuffix("</text>"), let end = line.firstIndex(of: ">"),
      let attributes = attributes(line[...end], of: "text", closing: ">")
    else { return false }
    let text = line[line.index(after: end)...].dropLast(7)
    return attributes.allSatisfy(isPlain) && !text.contains("<") && !text.contains(">")
  }

  private static func isPlain(_ attribute: (name: Substring, value: Substring)) -> Bool {
    elementAttributes.contains(String(attribute.name))
      && attribute.value.allSatisfy { character in
        character.isASCII && (character.isLetter || character.isNumber)
          || " .,-+()".contains(character)
      }
  }

  /// The attributes of a tag that is just that; nil for anything else.
  private static func attributes(
    _ tag: Substring, of element: String, closing: String
  ) -> [(name: Substring, value: Substring)]? {
    guard tag.hasPrefix("<\(element) "), tag.hasSuffix(closing) else { return nil }
    var rest = tag.dropFirst(element.count + 1).dropLast(closing.count)
    var attributes: [(name: Substring, value: Substring)] = []
    while !rest.isEmpty {
      guard rest.popFirst() == " ", let equals = rest.firstIndex(of: "=") else { return nil }
      let name = rest[..<equals]
      rest = rest[rest.index(after: equals)...]
      guard rest.popFirst() == "\"", let end = rest.firstIndex(of: "\"") else { return nil }
      let value = rest[..<end]
      guard !value.contains(where: { "<>".contains($0) }) else { return nil }
      attributes.append((name, value))
      rest = rest[rest.index(after: end)...]
    }
    return attributes
  }
}
