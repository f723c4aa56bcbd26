public import Diagnostics

/// A text of a directive in another language, and where it is written.
public struct PlacedText: Hashable, Sendable {
  /// The text, parameters inserted.
  public var text: String
  /// Where it begins in the notebook.
  public var range: ByteRange

  /// Creates a text.
  public init(_ text: String, at range: ByteRange) {
    self.text = text
    self.range = range
  }

  /// The bytes of a source that hold the word of the text at an offset; the whole text's beginning
  /// where they can't be told.
  ///
  /// YAML takes indentation, folds and quotes away, but leaves words in their order: the third
  /// `FROM` of the text is the third one of the source from where the text begins.
  ///
  /// - Parameters:
  ///   - word: the word; nil takes what is at the offset.
  ///   - offset: an offset in bytes; nil takes the word's first occurrence.
  public func place(of word: String?, at offset: Int?, in source: SourceText) -> ByteRange {
    let bytes = Array(text.utf8)
    guard let target = word.map({ Array($0.utf8) }) ?? offset.map({ Self.word(of: bytes, at: $0) }),
      !target.isEmpty
    else { return range }
    let offsets = Self.occurrences(of: target, in: bytes[...])
    let number = offset.flatMap { offset in offsets.firstIndex { $0 >= offset } } ?? 0
    let places = Self.occurrences(of: target, in: source.bytes[range.lowerBound...])
    guard number < places.count else { return range }
    return places[number]..<places[number] + target.count
  }

  /// The letters and digits from an offset on, or a single other character.
  private static func word(of bytes: [UInt8], at offset: Int) -> [UInt8] {
    guard bytes.indices.contains(offset) else { return [] }
    let word = bytes[offset...].prefix(while: isWordByte)
    return word.isEmpty ? [bytes[offset]] : Array(word)
  }

  private static func occurrences(of word: [UInt8], in bytes: ArraySlice<UInt8>) -> [Int] {
    guard let first = word.first, let last = word.last else { return [] }
    return bytes.indices.filter { index in
      guard bytes[index] == first, bytes[index...].starts(with: word) else { return false }
      let before = index > bytes.startIndex && isWordByte(bytes[index - 1])
      let end = index + word.count
      let after = end < bytes.endIndex && isWordByte(bytes[end])
      return !(before && isWordByte(first)) && !(after && isWordByte(last))
    }
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    let scalar = Unicode.Scalar(byte)
    return byte == UInt8(ascii: "_") || byte > 127 || ("0"..."9").contains(scalar)
      || ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
  }
}
