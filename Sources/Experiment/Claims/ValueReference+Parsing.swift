extension ValueReference {
  /// Reads a reference as claims and `nbrun:val` comments write it; nil where it is none.
  public init?(parsing text: String) {
    guard let tokens = try? ClaimLexer.tokens(of: text), tokens.count == 1,
      case .reference(let reference) = tokens[0].kind
    else { return nil }
    self = reference
  }

  /// A row's name as plans write it: `every=2`, `every:2` and `every: 2` are one row.
  static func rowName(_ text: String) -> String {
    let trimmed = text.trimming { $0 == " " }
    guard let separator = trimmed.firstIndex(where: { $0 == "=" || $0 == ":" }) else {
      return trimmed
    }
    let key = String(trimmed[..<separator]).trimming { $0 == " " }
    let value = String(trimmed[trimmed.index(after: separator)...]).trimming { $0 == " " }
    return "\(key): \(value)"
  }
}

extension String {
  /// The text without the characters at both ends that satisfy the condition.
  func trimming(_ condition: (Character) -> Bool) -> String {
    let head = drop(while: condition)
    let end = head.lastIndex { !condition($0) }.map(head.index(after:)) ?? head.startIndex
    return String(head[..<end])
  }
}
