import Diagnostics
import TestSupport
import Testing

@testable import Reporting

@Suite("Tables")
struct TableTests {
  @Test("A Markdown table lines up by display width, Japanese included")
  func alignment() {
    let table = Table(
      columns: [.text("層"), .number("活性値 (MiB)")],
      rows: [["埋め込み", "0.00"], [.code("block.0"), "412.06"], [.strong("合計"), "1.5"]])
    #expect(
      table.markdown == """
        | 層        | 活性値 (MiB) |
        | :-------- | -----------: |
        | 埋め込み  |         0.00 |
        | `block.0` |       412.06 |
        | **合計**  |          1.5 |
        """)
    let widths = Set(table.markdown.split(separator: "\n").map { displayWidth(String($0)) })
    #expect(widths.count == 1)
  }

  static let hostile =
    HostileText.joined + [
      "a|b", "a\nb", "a\r\n| b |", "<script>alert(1)</script>", "<!-- #endregion nbrun:out x -->",
      "`", "``a`", "\\|", "\\", "\u{1B}[31mred", "$x$", "**b**", "[a](b)", "![a](b)", "&lt;",
      "\u{202E}abc", "a`b|c\\|`d", "", " ", "_a_", "~~a~~", "\u{0}",
    ]

  @Test(
    "Whatever a cell holds, the table keeps its rows and columns, and shows it", arguments: hostile)
  func hostileCells(text: String) {
    let table = Table(
      columns: [.text(.code(text)), .text("b")],
      rows: [[.plain(text), .code(text)], [.strong(text)]])
    let read = MarkdownTable.tables(in: table.markdown)
    #expect(read.count == 1)
    #expect(read.first?.titles.count == 2)
    #expect(read.first?.rows.count == 2)
    #expect(read.first?.rows.allSatisfy { $0.count == 2 } == true)
    let shown = trimmed(sanitizedForTerminal(text))
    #expect(read.first?.titles.map(trimmed) == [shown, "b"])
    #expect(read.first?.rows.map { $0.map(trimmed) } == [[shown, shown], [shown, ""]])
    for line in table.markdown.utf8.split(separator: UInt8(ascii: "\n")) {
      #expect(line.starts(with: "| ".utf8) && line.suffix(2).elementsEqual(" |".utf8))
    }
    #expect(!table.markdown.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
  }

  private func trimmed(_ text: String) -> String {
    let start = text.utf8.drop { $0 == UInt8(ascii: " ") }
    let padding = start.reversed().prefix { $0 == UInt8(ascii: " ") }.count
    return String(decoding: start.dropLast(padding), as: UTF8.self)
  }

  @Test("Prose is escaped so that it can't become markup")
  func prose() {
    #expect(MarkdownText.prose("<b> a_b `c` $d$") == #"\<b\> a\_b \`c\` \$d\$"#)
    #expect(MarkdownText.code("a`b") == "``a`b``")
    #expect(MarkdownText.code("`a") == "`` `a ``")
    #expect(MarkdownText.block(["````", "x"]).hasPrefix("`````text\n````\nx\n`````"))
    #expect(MarkdownText.line("  # a") == "\\# a")
    #expect(MarkdownText.line("12) a") == "12\\) a")
    #expect(MarkdownText.line("1.5 a") == "1.5 a")
  }

  @Test("A table for a terminal has no trailing spaces and no control characters")
  func terminal() {
    let table = Table(
      columns: [.text("cell"), .number("A")], rows: [[.code("a\u{1B}[2J"), "1"], ["合計", ""]])
    #expect(table.terminalLines == ["cell        A", #"a\u{1B}[2J  1"#, "合計"])
  }
}
