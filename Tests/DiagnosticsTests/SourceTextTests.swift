import Diagnostics
import TestSupport
import Testing

@Suite("Source text") struct SourceTextTests {
  @Test("Lines end with LF, CRLF or CR, and the last one needs no ending")
  func lineEndings() {
    let source = SourceText(name: "a.md", text: "one\ntwo\r\nthree\rfour")
    #expect(source.lineCount == 4)
    #expect((1...4).map(source.line) == ["one", "two", "three", "four"])
    #expect(source.fullLineRange(2) == 4..<9)
    #expect(source.lineRange(2) == 4..<7)
  }

  @Test("A final line ending begins no further line, and an empty text has one empty line")
  func ends() {
    #expect(SourceText(name: "a", text: "x\n").lineCount == 1)
    #expect(SourceText(name: "a", text: "\n\n").lineCount == 2)
    #expect(SourceText(name: "a", text: "").lineCount == 1)
    #expect(SourceText(name: "a", text: "").line(1) == "")
  }

  @Test("Columns count characters, whatever their bytes")
  func columns() {
    let source = SourceText(name: "a", text: "ab\n日本\te\u{301}x")
    let x = source.bytes.count - 1
    #expect(source.position(at: x) == SourcePosition(line: 2, column: 5))
    #expect(source.position(at: 0) == SourcePosition(line: 1, column: 1))
    #expect(source.position(at: 2) == SourcePosition(line: 1, column: 3))
    #expect(source.position(at: 1 << 20) == SourcePosition(line: 2, column: 6))
  }

  @Test("Invalid UTF-8 reads as replacement characters")
  func invalid() {
    let source = SourceText(name: "a", bytes: [0x61, 0xFF, 0x62])
    #expect(source.line(1) == "a\u{FFFD}b")
  }

  @Test("The lines joined with their endings are the text", arguments: 0..<50)
  func partition(seed: Int) {
    var random = RepeatableGenerator(seed: seed)
    let text = (0..<40).map { _ in random.pick(["\n", "\r", "\r\n", "a", "é", ""]) }.joined()
    let source = SourceText(name: "a", text: text)
    let ranges = (1...source.lineCount).map(source.fullLineRange)
    #expect(ranges.first?.lowerBound == 0)
    #expect(ranges.last?.upperBound == source.bytes.count)
    for (a, b) in zip(ranges, ranges.dropFirst()) { #expect(a.upperBound == b.lowerBound) }
    for offset in source.bytes.indices {
      #expect(source.fullLineRange(source.lineNumber(at: offset)).contains(offset))
    }
  }
}
