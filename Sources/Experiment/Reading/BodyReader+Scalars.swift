extension BodyReader {
  /// A whole number within a range.
  func integer(_ node: YAMLNode, _ what: String, _ range: ClosedRange<Int>) -> Int? {
    trace?.note(.integer(range), at: node.range)
    switch node.scalar?.value {
    case .integer(let value) where value < range.lowerBound:
      note(
        .tooSmall(what: what, found: node.found, least: "at least \(range.lowerBound)"),
        at: node.range)
    case .integer(let value) where value > range.upperBound: tooLarge(node, what, range)
    case .integer(let value): return value
    case .number where ScalarValue.isIntegerText(node.scalar?.text ?? ""):
      tooLarge(node, what, range)
    default: wrongType(node, what, expected: "a whole number")
    }
    return nil
  }

  private func tooLarge(_ node: YAMLNode, _ what: String, _ range: ClosedRange<Int>) {
    note(
      .tooLarge(what: what, found: node.found, greatest: "at most \(range.upperBound)"),
      at: node.range)
  }

  /// A finite number within bounds.
  func number(_ node: YAMLNode, _ what: String, _ bounds: NumberBounds) -> Double? {
    trace?.note(.number(bounds), at: node.range)
    let value: Double
    switch node.scalar?.value {
    case .integer(let integer): value = Double(integer)
    case .number(let number) where number.isFinite: value = number
    default:
      wrongType(node, what, expected: "a number")
      return nil
    }
    if let fault = bounds.fault(value, what: what, found: node.found) {
      note(fault, at: node.range)
      return nil
    }
    return value
  }

  /// True or false.
  func flag(_ node: YAMLNode, _ what: String) -> Bool? {
    trace?.note(.flag, at: node.range)
    if case .flag(let value) = node.scalar?.value { return value }
    wrongType(node, what, expected: "true or false")
    return nil
  }

  /// Any text; numbers and flags count as what was written.
  func text(_ node: YAMLNode, _ what: String) -> String? {
    trace?.note(.text, at: node.range)
    guard let scalar = node.scalar, scalar.value != .null, scalar.value != .faulty else {
      wrongType(node, what, expected: "text")
      return nil
    }
    return scalar.text
  }

  /// One of a few words.
  func word(_ node: YAMLNode, _ what: String, among known: [String]) -> String? {
    trace?.note(.words(known), at: node.range)
    guard let word = text(node, what) else { return nil }
    if known.contains(word) { return word }
    note(.unknownWord(word, what: what, known: known), at: node.range)
    return nil
  }

  /// A size such as `900 MiB`, in bytes; at least one.
  func bytes(_ node: YAMLNode, _ what: String) -> Int? {
    trace?.note(.size, at: node.range)
    switch node.scalar?.value {
    case .integer: return integer(node, what, 1...Int.max)
    case .text(let text):
      guard let bytes = ByteSize.parse(text), bytes > 0 else {
        note(.invalidSize(what: what, found: abbreviated(text)), at: node.range)
        return nil
      }
      return bytes
    default:
      wrongType(node, what, expected: "a size such as '900 MiB'")
      return nil
    }
  }

  /// Notes that another type was expected, unless the value is already reported.
  func wrongType(_ node: YAMLNode, _ what: String, expected: String) {
    guard node.scalar?.value != .faulty else { return }
    note(.wrongType(what: what, expected: expected, found: node.found), at: node.range)
  }
}
