import Diagnostics

extension SourceText {
  /// The lines (from 1), ascending, on which `nbrun:` occurs at or after an offset.
  func linesMentioningNbrun(from start: Int) -> [Int] {
    offsets(of: "nbrun:", from: start).reduce(into: []) { lines, offset in
      let line = lineNumber(at: offset)
      if lines.last != line { lines.append(line) }
    }
  }

  /// Whether `nbrun-` occurs at or after an offset.
  func mentionsClass(from start: Int) -> Bool {
    !offsets(of: "nbrun-", from: start, limit: 1).isEmpty
  }

  /// The first offset of a byte that is not part of valid UTF-8, and the byte.
  var firstInvalidByte: (offset: Int, byte: UInt8)? {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
      return nil
    } catch {
      let offset = error.byteOffsets.lowerBound
      return (offset, bytes[offset])
    }
  }

  private func offsets(of word: StaticString, from start: Int, limit: Int = .max) -> [Int] {
    let length = word.utf8CodeUnitCount
    return word.withUTF8Buffer { word in
      bytes.withUnsafeBufferPointer { bytes in
        var found: [Int] = []
        var index = start
        while index + length <= bytes.count, found.count < limit {
          if bytes[index] == word[0], bytes[index..<(index + length)].elementsEqual(word) {
            found.append(index)
          }
          index += 1
        }
        return found
      }
    }
  }
}
