import Diagnostics

/// A comment line that begins or ends an output region.
struct RegionMarker {
  var isStart: Bool
  var name: RegionName
  var key: String?
  var sum: String?
  /// The line, from 1.
  var line: Int
  /// The comment.
  var range: ByteRange
}

/// What identifies a region.
struct RegionName: Hashable {
  var kind: OutputRegion.Kind
  var id: String
}

extension RegionMarker {
  /// Whether a text could be a marker: `<!-- #region nbrun:` or `<!-- #endregion nbrun:`.
  static func isMarker(_ text: ArraySlice<UInt8>) -> Bool { opening(text) != nil }

  /// The marker on a line; nil where the line is none.
  ///
  /// A broken one is a finding and nil.
  init?(line: Int, in source: SourceText, findings: inout Findings) {
    let range = source.trimmed(Self.contentRange(ofLine: line, in: source))
    guard let opening = Self.opening(source.bytes[range]) else { return nil }
    var words = MarkerWords(source, (range.lowerBound + opening.length)..<range.upperBound)
    do throws(SyntaxFault.MarkerProblem) {
      let kind = try words.kind()
      let id = try words.id()
      self.isStart = opening.isStart
      self.name = RegionName(kind: kind, id: id)
      self.line = line
      self.range = range
      (key, sum) = try words.digests(isStart: opening.isStart)
    } catch {
      findings.add(.malformedMarker(error), at: range)
      return nil
    }
  }

  /// What follows white space and the marks of quotes and lists.
  static func contentRange(ofLine line: Int, in source: SourceText) -> ByteRange {
    let range = source.lineRange(line)
    let start = source.bytes[range].firstIndex { !CommonMark.isMarker($0) }
    return (start ?? range.upperBound)..<range.upperBound
  }

  private static func opening(_ text: ArraySlice<UInt8>) -> (isStart: Bool, length: Int)? {
    guard text.starts(with: Array("<!--".utf8)) else { return nil }
    let word = text.dropFirst(4).drop(while: isSpace)
    for (name, isStart) in [("#region", true), ("#endregion", false)]
    where word.starts(with: Array(name.utf8)) {
      let rest = word.dropFirst(name.utf8.count)
      let prefix = rest.drop(while: isSpace)
      guard prefix.startIndex > rest.startIndex, prefix.starts(with: Array("nbrun:".utf8)) else {
        return nil
      }
      return (isStart, prefix.startIndex + 6 - text.startIndex)
    }
    return nil
  }
}

/// The words of a marker behind `nbrun:`.
private struct MarkerWords {
  private let source: SourceText
  private var offset: Int
  private let end: Int

  init(_ source: SourceText, _ range: ByteRange) {
    self.source = source
    self.offset = range.lowerBound
    self.end = range.upperBound
  }

  mutating func kind() throws(SyntaxFault.MarkerProblem) -> OutputRegion.Kind {
    let word = next()
    guard let kind = OutputRegion.Kind(rawValue: word) else { throw .kind(word) }
    return kind
  }

  mutating func id() throws(SyntaxFault.MarkerProblem) -> String {
    let word = next()
    guard word != "-->", Identifier.isValid(word) else { throw .id(word == "-->" ? "" : word) }
    return word
  }

  /// Reads `in=` and `sum=`, which only a first marker has, and the comment's end.
  mutating func digests(
    isStart: Bool
  ) throws(SyntaxFault.MarkerProblem) -> (key: String?, sum: String?) {
    var values: [String: String] = [:]
    while true {
      let word = next()
      if word.isEmpty { throw .unclosed }
      if word == "-->" { break }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let isKnown = isStart && parts.count == 2 && (parts[0] == "in" || parts[0] == "sum")
      guard isKnown, parts[1].allSatisfy(\.isHexDigit), values[String(parts[0])] == nil else {
        throw .attribute(word)
      }
      values[String(parts[0])] = String(parts[1])
    }
    guard offset == end else { throw .textAfter }
    return (values["in"], values["sum"])
  }

  private mutating func next() -> String {
    while offset < end, isSpace(source.bytes[offset]) { offset += 1 }
    let start = offset
    while offset < end, !isSpace(source.bytes[offset]) { offset += 1 }
    return source.text(in: start..<offset)
  }
}
