/// What a browser would make of a page, as far as the tests ask: its tags, in order and in pairs.
///
/// Like a browser it looks at scalars: a sign with a mark that combines is still the sign.
struct Markup {
  /// A tag with its attributes, as they are written.
  struct Tag {
    var name: String
    var attributes: [(name: String, value: String)]
    var isEnd: Bool
  }

  private(set) var tags: [Tag] = []
  /// What is wrong: a tag that isn't closed or was never opened, a text with a bare `<`.
  private(set) var problems: [String] = []

  private static let void: Set<String> = ["br", "hr", "img", "meta", "input"]

  init(_ html: String) {
    var rest = html.unicodeScalars[...]
    var open: [String] = []
    while let start = rest.firstIndex(of: "<") {
      rest = rest[rest.index(after: start)...]
      if rest.starts(with: "!DOCTYPE".unicodeScalars) { continue }
      guard let tag = Self.tag(&rest) else {
        problems.append("no tag: <\(String(rest.prefix(30)))")
        continue
      }
      tags.append(tag)
      if tag.isEnd {
        if open.popLast() != tag.name { problems.append("</\(tag.name)> closes nothing") }
      } else if !Self.void.contains(tag.name), !tag.attributes.contains(where: { $0.name == "/" }) {
        open.append(tag.name)
        // What is in these is no markup.
        if ["script", "style"].contains(tag.name) { rest = rest[Self.end(of: tag.name, rest)...] }
      }
    }
    problems += open.map { "<\($0)> is not closed" }
  }

  private static func end(
    of name: String, _ rest: Substring.UnicodeScalarView
  ) -> Substring.UnicodeScalarView.Index {
    var index = rest.startIndex
    let end = "</\(name)"
    while index < rest.endIndex, String(rest[index...].prefix(end.count)).lowercased() != end {
      index = rest[rest.index(after: index)...].firstIndex(of: "<") ?? rest.endIndex
    }
    return index
  }

  private static func tag(_ rest: inout Substring.UnicodeScalarView) -> Tag? {
    let isEnd = rest.first == "/"
    if isEnd { rest.removeFirst() }
    let part = rest.prefix { $0.isASCII && Character($0).isLetter || ("0"..."9").contains($0) }
    guard let first = part.first, Character(first).isLetter else { return nil }
    let name = String(part)
    rest = rest[part.endIndex...]
    var attributes: [(name: String, value: String)] = []
    while let next = rest.first, next != ">" {
      if next == "/" {
        attributes.append(("/", ""))
        rest.removeFirst()
      } else if next.properties.isWhitespace {
        rest.removeFirst()
      } else {
        guard let attribute = attribute(&rest) else { return nil }
        attributes.append(attribute)
      }
    }
    guard !rest.isEmpty else { return nil }
    rest.removeFirst()
    return Tag(name: name.lowercased(), attributes: attributes, isEnd: isEnd)
  }

  private static func attribute(
    _ rest: inout Substring.UnicodeScalarView
  ) -> (name: String, value: String)? {
    let name = rest.prefix { !$0.properties.isWhitespace && !"=<>/\"'".unicodeScalars.contains($0) }
    guard !name.isEmpty else { return nil }
    rest = rest[name.endIndex...]
    guard rest.first == "=" else { return (String(name), "") }
    rest.removeFirst()
    guard rest.popFirst() == "\"", let end = rest.firstIndex(of: "\"") else { return nil }
    let value = rest[..<end]
    rest = rest[rest.index(after: end)...]
    return (String(name).lowercased(), String(value))
  }
}

extension Markup {
  /// What lets a notebook act on its reader: scripts, handlers, frames, forms, foreign files.
  var dangers: [String] {
    let forbidden: Set<String> = [
      "script", "iframe", "object", "embed", "form", "input", "link", "meta", "base", "style",
      "foreignobject", "use", "video", "audio", "template",
    ]
    return tags.filter { !$0.isEnd }.flatMap { tag -> [String] in
      var found: [String] = []
      let isData = tag.attributes.contains { $0 == ("type", "application/json") }
      if forbidden.contains(tag.name), !isData { found.append("<\(tag.name)>") }
      for (name, value) in tag.attributes {
        if name.hasPrefix("on") || name == "style" || name == "srcset" { found.append(name) }
        let address = value.lowercased().filter { !$0.isWhitespace }
        if name == "href",
          ["javascript:", "vbscript:", "data:", "file:"].contains(where: address.hasPrefix)
        {
          found.append(value)
        }
        if name == "src", !address.hasPrefix("data:image/") { found.append(value) }
      }
      return found
    }
  }
}
