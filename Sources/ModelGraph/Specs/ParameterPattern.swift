/// Names parameters: by a layer they are in, by a part of their name, or by a text with `*`.
public struct ParameterPattern: Hashable, Sendable, Codable {
  /// The pattern; `*` stands for any text.
  public var text: String

  /// Creates a pattern.
  public init(_ text: String) { self.text = text }

  /// Whether the pattern matches a run of whole parts of a parameter's name.
  ///
  /// Of `block.0.attn.norm.bias` these are `bias`, `block.0`, `*norm*`, `block.*.attn` and more.
  public func matches(_ parameter: String) -> Bool {
    let parts = parameter.split(separator: ".", omittingEmptySubsequences: false)
    return parts.indices.contains { first in
      parts[first...].indices.contains { last in
        text.matches(path: parts[first...last].joined(separator: "."))
      }
    }
  }
}

extension String {
  /// Whether a path matches this pattern, in which `*` stands for any text.
  public func matches(path: String) -> Bool {
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
