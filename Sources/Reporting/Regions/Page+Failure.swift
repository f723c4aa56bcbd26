import Records

extension Page {
  /// A quoted error: its name and sentence, then facts and remedies.
  mutating func add(failure: FailureRecord) {
    let code = MarkdownText.prose(FailureText.cleaned(failure.code))
    let message = MarkdownText.prose(FailureText.cleaned(failure.message))
    var lines = ["> **\(word(.error))** \(code): \(message)"]
    if !failure.notes.isEmpty { lines.append(">") }
    lines += failure.notes.map { "> - \(MarkdownText.line(FailureText.cleaned($0)))" }
    add(lines.joined(separator: "\n"))
  }
}

/// Error texts without what belongs to one terminal or one machine.
enum FailureText {
  /// Drops terminal escapes and the folders of absolute paths.
  static func cleaned(_ text: String) -> String {
    withoutEscapes(text)
      .split(separator: " ", omittingEmptySubsequences: false)
      .map { withoutFolders(String($0)) }
      .joined(separator: " ")
  }

  /// Drops `ESC [ … letter` sequences; a lone escape character is shown by whoever prints.
  private static func withoutEscapes(_ text: String) -> String {
    var kept = String.UnicodeScalarView()
    var scalars = text.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      guard scalar == "\u{1B}", scalars.first == "[" else {
        kept.append(scalar)
        continue
      }
      while let next = scalars.popFirst(), next == "[" || !(0x40...0x7E).contains(next.value) {}
    }
    return String(kept)
  }

  /// `'/home/me/x/a.txt',` becomes `'a.txt',`.
  private static func withoutFolders(_ word: String) -> String {
    let opening = word.prefix { "'\"(`".contains($0) }
    let rest = word.dropFirst(opening.count)
    guard rest.hasPrefix("/"), rest.dropFirst().contains("/"),
      let slash = rest.lastIndex(of: "/")
    else { return word }
    return String(opening + rest[rest.index(after: slash)...])
  }
}
