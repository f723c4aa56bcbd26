/// A path pattern: `*` and `?` stand for characters of one name, `**` for any number of folders.
struct GlobPattern {
  /// The names between slashes.
  let segments: [String]
  let text: String

  /// Checks a pattern or path.
  ///
  /// - Throws: `FileFault` where it is absolute, empty, or leads upward.
  init(_ text: String) throws(FileFault) {
    guard !text.isEmpty, text.unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value != 127 })
    else { throw .invalidPath(text) }
    guard !text.hasPrefix("/"), !text.hasPrefix("~") else { throw .absolute(text) }
    var segments = text.split(separator: "/").map(String.init).filter { $0 != "." }
    guard !segments.contains("..") else { throw .outsideProject(text) }
    guard !segments.isEmpty, !text.hasSuffix("/") else { throw .notRegular(text) }
    if segments.last == "**" { segments.append("*") }
    self.segments = segments
    self.text = text
  }

  /// Whether it stands for one path.
  var isLiteral: Bool { segments.allSatisfy { !Self.isWild($0) } }

  /// Whether a segment holds a wildcard.
  static func isWild(_ segment: String) -> Bool { segment.contains { $0 == "*" || $0 == "?" } }

  /// Whether a name matches a segment; hidden names only where the segment begins with a dot.
  static func matches(_ segment: String, name: String) -> Bool {
    if name.hasPrefix("."), !segment.hasPrefix(".") { return false }
    let pattern = Array(segment)
    let name = Array(name)
    // The position behind the last star, and where its text would end next.
    var retry: (pattern: Int, name: Int)?
    var p = 0
    var n = 0
    while n < name.count {
      if p < pattern.count, pattern[p] == "*" {
        p += 1
        retry = (p, n)
      } else if p < pattern.count, pattern[p] == "?" || pattern[p] == name[n] {
        p += 1
        n += 1
      } else if let (star, end) = retry {
        retry = (star, end + 1)
        p = star
        n = end + 1
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == "*" }
  }
}
