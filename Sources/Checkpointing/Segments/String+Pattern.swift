extension String {
  /// Whether a layer path matches this pattern, in which `*` stands for any text.
  func matches(path: String) -> Bool {
    var rest = Substring(path)
    let parts = split(separator: "*", omittingEmptySubsequences: false)
    guard let first = parts.first, let last = parts.last, parts.count > 1 else {
      return self == path
    }
    guard rest.hasPrefix(first) else { return false }
    rest = rest.dropFirst(first.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let found = rest.firstRange(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return rest.hasSuffix(last)
  }
}

extension Substring {
  /// The first place of a text in this one.
  fileprivate func firstRange(of text: Substring) -> Range<Substring.Index>? {
    var start = startIndex
    while start <= endIndex {
      if self[start...].hasPrefix(text) {
        return start..<index(start, offsetBy: text.count)
      }
      guard start < endIndex else { return nil }
      start = index(after: start)
    }
    return nil
  }
}
