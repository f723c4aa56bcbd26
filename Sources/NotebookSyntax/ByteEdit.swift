import Diagnostics

/// Bytes for a range of bytes.
struct ByteEdit {
  var range: ByteRange
  var bytes: [UInt8]
}

extension [ByteEdit] {
  /// The text with all edits made; they don't overlap.
  ///
  /// Insertions at one place keep their order, and come before a replacement that begins there.
  func applied(to text: [UInt8]) -> [UInt8] {
    let edits = enumerated().sorted { a, b in
      let (left, right) = (a.element.range, b.element.range)
      return (left.lowerBound, left.isEmpty ? 0 : 1, a.offset)
        < (right.lowerBound, right.isEmpty ? 0 : 1, b.offset)
    }
    var result: [UInt8] = []
    result.reserveCapacity(text.count + edits.reduce(0) { $0 + $1.element.bytes.count })
    var offset = 0
    for (_, edit) in edits {
      result += text[offset..<edit.range.lowerBound]
      result += edit.bytes
      offset = edit.range.upperBound
    }
    return result + text[offset...]
  }
}
