import Diagnostics

/// The text between a region's markers.
///
/// Written and read, it has one form: lines of only white space are empty, there are no blank lines
/// at either end, and a line's leading white space is spaces, so that containers can't shift it.
enum RegionBody {
  /// Reads a body's lines; nil where one leaves the container.
  static func read(
    lines: Range<Int>, in container: ContainerPath, of source: SourceText
  ) -> String? {
    var texts: [[UInt8]] = []
    for line in lines {
      let text = source.reading(line: line) { cursor -> [UInt8]? in
        guard cursor.pass(container) else { return nil }
        if cursor.isBlank { return [] }
        let padding = [UInt8](repeating: UInt8(ascii: " "), count: cursor.pending)
        return padding + source.bytes[cursor.offset..<source.lineRange(line).upperBound]
      }
      guard let text else { return nil }
      texts.append(text)
    }
    return joined(trimmed(texts))
  }

  /// Brings a text into the form of a body that can't break its region or what follows it.
  ///
  /// A line outside code that looks like a region's marker gets `&lt;` for its `<`. A text that
  /// would swallow what follows it, by an open fence or HTML block, is shown as code.
  static func normalized(_ text: String) -> String {
    let lines = trimmed(SourceText(name: "", text: text).texts.map { shallow(plain($0)) })
    let body = joined(maskMarkers(lines))
    return CommonMark.endsOpen(Array(body.utf8)[...]) ? fenced(joined(lines)) : body
  }

  private static func maskMarkers(_ lines: [[UInt8]]) -> [[UInt8]] {
    var masked = lines
    // Masking a line may turn the code below it into prose; then code is masked too.
    for spareCode in [true, false] {
      let current = SourceText(name: "", text: joined(masked))
      let map = BlockMap(of: current, from: 0, line: 1)
      let markers = masked.indices.filter { isMarker(masked[$0]) }
      guard markers.contains(where: { !map.isCode(line: $0 + 1) }) else { break }
      for index in markers where !spareCode || !map.isCode(line: index + 1) {
        masked[index] = withoutMarker(masked[index])
      }
    }
    return masked
  }

  private static func isMarker(_ line: [UInt8]) -> Bool {
    RegionMarker.isMarker(line.drop(while: CommonMark.isMarker))
  }

  private static func withoutMarker(_ line: [UInt8]) -> [UInt8] {
    let start = line.prefix(while: CommonMark.isMarker).count
    return line[..<start] + Array("&lt;".utf8) + line[(start + 1)...]
  }

  /// A line with spaces for the tabs before its first character, empty if it has none.
  ///
  /// A byte order mark goes too: it would count for nothing where the body is read on its own, and
  /// for text in the notebook.
  private static func plain(_ line: [UInt8]) -> [UInt8] {
    var line = line
    while line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
    if line.allSatisfy(isSpace) { return [] }
    guard let start = line.firstIndex(where: { !CommonMark.isMarker($0) }) else { return line }
    var text: [UInt8] = []
    for byte in line[..<start] {
      let columns = byte == UInt8(ascii: "\t") ? 4 - text.count % 4 : 0
      text += columns > 0 ? Array(repeating: UInt8(ascii: " "), count: columns) : [byte]
    }
    return text + line[start...]
  }

  /// A line that opens more containers than is good, with its first mark escaped.
  private static func shallow(_ line: [UInt8]) -> [UInt8] {
    Nesting.isTooDeep(line, limit: Nesting.bodyLimit) ? [UInt8(ascii: "\\")] + line : line
  }

  /// A body as a code block, its fence longer than any run of backticks in it.
  private static func fenced(_ body: String) -> String {
    let longest = body.utf8.split { $0 != UInt8(ascii: "`") }.map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return "\(fence)text\n\(body)\n\(fence)"
  }

  /// The lines without the empty ones at either end.
  private static func trimmed(_ lines: [[UInt8]]) -> [[UInt8]] {
    let first = lines.firstIndex { !$0.isEmpty } ?? lines.endIndex
    let end = lines.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? first
    return Array(lines[first..<end])
  }

  private static func joined(_ lines: [[UInt8]]) -> String {
    String(decoding: Array(lines.joined(separator: [UInt8(ascii: "\n")])), as: UTF8.self)
  }
}

extension SourceText {
  /// The bytes of each line, without line endings.
  fileprivate var texts: [[UInt8]] {
    (1...lineCount).map { Array(bytes[lineRange($0)]) }
  }
}
