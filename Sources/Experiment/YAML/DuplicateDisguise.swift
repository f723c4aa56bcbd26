/// Text in which the first of two equal keys has another name.
///
/// Yams refuses a mapping with equal keys by throwing, which would hide every other fault of the
/// text. So the key that it names gets a private-use first character, and parsing starts again.
struct DuplicateDisguise {
  private(set) var text: String
  private var originals: [Unicode.Scalar: Unicode.Scalar] = [:]

  /// At most this many keys are disguised before the fault is reported as it is.
  private static let limit = 64

  init(text: String) { self.text = text }

  /// Hides the key at a line and column from 1; false where that can't be done.
  mutating func hide(line: Int, column: Int) -> Bool {
    guard originals.count < Self.limit, let index = keyIndex(line: line, column: column) else {
      return false
    }
    let scalar = text.unicodeScalars[index]
    let isHidden = originals[scalar] != nil
    guard !isHidden, let mask = Unicode.Scalar(0x10_F100 + UInt32(originals.count)) else {
      return false
    }
    originals[mask] = scalar
    text.unicodeScalars.replaceSubrange(index...index, with: [mask])
    return true
  }

  /// A key's name before it was hidden.
  func original(of name: String) -> String {
    guard !originals.isEmpty, let first = name.unicodeScalars.first,
      let original = originals[first]
    else { return name }
    var scalars = name.unicodeScalars
    scalars.replaceSubrange(scalars.startIndex...scalars.startIndex, with: [original])
    return String(scalars)
  }

  /// Where the key's own text begins: behind a quote.
  private func keyIndex(line: Int, column: Int) -> String.Index? {
    let scalars = text.unicodeScalars
    var index = scalars.startIndex
    for _ in 1..<max(1, line) {
      guard let newline = scalars[index...].firstIndex(of: "\n") else { return nil }
      index = scalars.index(after: newline)
    }
    let end = scalars.endIndex
    guard let start = scalars.index(index, offsetBy: column - 1, limitedBy: end), start < end else {
      return nil
    }
    let isQuoted = scalars[start] == "\"" || scalars[start] == "'"
    let key = isQuoted ? scalars.index(after: start) : start
    let isText = key < end && !"[{&*!?\"'\\".unicodeScalars.contains(scalars[key])
    return isText ? key : nil
  }
}
