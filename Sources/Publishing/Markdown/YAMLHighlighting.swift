/// YAML with its parts marked for colouring: comments, keys, texts, numbers, words, parameters.
///
/// It goes line by line and never fails: what it can't tell apart stays plain.
struct YAMLHighlighting {
  /// The HTML.
  private(set) var html = ""

  init(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      if index > 0 { html += "\n" }
      if line.drop(while: \.isWhitespace).hasPrefix("#|") {
        mark("option", line)
      } else {
        highlight(line)
      }
    }
  }

  private mutating func highlight(_ line: Substring) {
    var rest = line
    var isAfterSpace = true
    while let character = rest.first {
      if character == "#", isAfterSpace {
        mark("comment", rest)
        return
      }
      isAfterSpace = character.isWhitespace
      if character == "\"" || character == "'" {
        quoted(character, &rest)
      } else if Self.separators.contains(character) || character.isWhitespace {
        html += HTMLText.escaped(String(character))
        rest.removeFirst()
      } else {
        word(&rest)
      }
    }
  }

  private static let separators: Set<Character> = ["{", "}", "[", "]", ",", ":"]

  private mutating func quoted(_ quote: Character, _ rest: inout Substring) {
    let inside = rest.dropFirst()
    let end = inside.firstIndex(of: quote).map(inside.index(after:)) ?? rest.endIndex
    mark(Self.isKey(rest[end...]) ? "key" : "string", rest[..<end])
    rest = rest[end...]
  }

  private mutating func word(_ rest: inout Substring) {
    if rest.hasPrefix("${"), let end = rest.firstIndex(of: "}") {
      mark("parameter", rest[...end])
      rest = rest[rest.index(after: end)...]
      return
    }
    var end = rest.startIndex
    while end < rest.endIndex, !rest[end].isWhitespace, !"{}[],".contains(rest[end]),
      !(rest[end] == ":" && Self.isKey(rest[end...])), !rest[end...].hasPrefix("${")
    {
      end = rest.index(after: end)
    }
    // A separator that is none here, such as a `$`, still has to be passed.
    if end == rest.startIndex { end = rest.index(after: end) }
    let word = rest[..<end]
    rest = rest[end...]
    if Self.isKey(rest) {
      mark("key", word)
    } else if Double(word) != nil {
      mark("number", word)
    } else if ["true", "false", "null", "~"].contains(word) {
      mark("word", word)
    } else {
      html += HTMLText.escaped(String(word))
    }
  }

  /// Whether what was just read is a key, by what follows.
  private static func isKey(_ rest: Substring) -> Bool {
    guard rest.first == ":" else { return false }
    let next = rest.dropFirst().first
    return next == nil || next?.isWhitespace == true
  }

  private mutating func mark(_ style: String, _ text: Substring) {
    html += "<span class=\"y-\(style)\">\(HTMLText.escaped(String(text)))</span>"
  }
}
