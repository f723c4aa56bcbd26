import Diagnostics
import NotebookSyntax

/// YAML as the parser sees it, and where its places lie in a source text.
struct YAMLText {
  /// The YAML: container prefixes removed, lines ended by LF.
  var text: String
  /// The file that it comes from.
  var source: SourceText
  /// The offset in the source of a line and a column, both from 1; columns count scalars.
  private var offset: (_ line: Int, _ column: Int) -> Int

  /// Takes the YAML of a directive or of front matter.
  init(_ mapped: MappedText, of source: SourceText) {
    self.text = mapped.text
    self.source = source
    self.offset = { mapped.sourceOffset(line: $0, column: $1) }
  }

  /// Takes a whole file.
  init(_ source: SourceText) {
    self.text = source.text(in: 0..<source.bytes.count)
    self.source = source
    self.offset = { line, column in
      let number = min(max(line, 1), source.lineCount)
      let before = source.line(number).unicodeScalars.prefix(max(0, column - 1))
      let prefix = String(String.UnicodeScalarView(before))
      return source.lineRange(number).lowerBound + prefix.utf8.count
    }
  }

  /// The bytes of a run of scalars, cut at the line's end.
  func range(line: Int, column: Int, count: Int) -> ByteRange {
    let start = offset(line, column)
    return start..<max(start, offset(line, column + count))
  }
}
