import Records
import Testing

@testable import Reporting

@Suite("Columns and summaries of a diff")
struct DiffColumnTests {
  private func diff(_ before: RecordedValue, _ after: RecordedValue) -> RecordDiff {
    func cell(_ value: RecordedValue) -> CellSnapshot {
      CellSnapshot(id: "c", values: [(name: "x", value: value)])
    }
    return RecordDiff(from: [cell(before)], to: [cell(after)])
  }

  private func columns(_ diff: RecordDiff) -> [String] {
    let header = diff.terminalText().split(separator: "\n").dropFirst().first ?? ""
    return header.split(separator: "  ").map { $0.trimmingPrefix(" ") }.map(String.init)
  }

  @Test("A block has columns of differences only where numbers differ")
  func columns() {
    #expect(
      columns(diff(.number(1), .number(2))) == ["cell", "value", "A", "B", "Δ", "Δ %", "verdict"])
    // Of nothing there is no hundredth.
    #expect(columns(diff(.count(0), .count(2))) == ["cell", "value", "A", "B", "Δ", "verdict"])
    let texts = diff(.text("a"), .text("b"))
    #expect(columns(texts) == ["cell", "value", "A", "B", "verdict"])
    for text in [texts.terminalText(), texts.markdown(), texts.html()] {
      #expect(!text.contains("Δ"))
    }
  }

  @Test("A cell that changed by another cell alone repeats nothing of it, unless all is asked for")
  func consequences() {
    func side(_ size: String, _ keys: (String, String)) -> [CellSnapshot] {
      [
        CellSnapshot(id: "d", key: keys.0, inputs: [("examples", size)], values: []),
        CellSnapshot(
          id: "t", key: keys.1, inputs: [("cell data", keys.0), ("cell model", "77777777")],
          values: []),
      ]
    }
    let before = side("8", ("aaaaaaaa11", "bbbbbbbb11"))
    let diff = RecordDiff(from: before, to: side("9", ("cccccccc11", "dddddddd11")))
    #expect(diff.summary == "1 changed, 3 same")
    #expect(!diff.terminalText().contains("cell data"))
    #expect(diff.terminalText(options: DiffOptions(showsAll: true)).contains("cell data"))
    // Of a cell that neither side has, its key is all that can be said.
    let alone = RecordDiff(
      from: Array(before.dropFirst()), to: [side("9", ("cccccccc11", "dddddddd11"))[1]])
    #expect(alone.hasDifferences && alone.terminalText().contains("cell data"))
  }

  @Test("Times are told in a unit in which they differ")
  func times() {
    let text = diff(.seconds(0.000_113), .seconds(0.000_107_8))
      .terminalText(options: DiffOptions(showsTimings: true))
    #expect(text.contains("113.0 µs  107.8 µs  -5.2 µs  -4.60 %"))
  }

  @Test("What was not compared is said in the summary, and never called identical as a whole")
  func uncompared() throws {
    var diff = diff(.count(1), .count(1))
    #expect(diff.summary == "results identical")
    diff.uncompared = ["b.md", "c.md"]
    #expect(diff.summary == "results identical; not compared: b.md, c.md")
    #expect(diff.html().contains("summary changed"))
    #expect(try diff.json().contains("uncompared"))
    diff.unplanned = ["a.md"]
    #expect(
      diff.summary
        == "outputs equal; inputs not compared, as a.md can't be planned; not compared: b.md, c.md")
    var empty = RecordDiff(from: [], to: [])
    empty.uncompared = ["b.md"]
    #expect(empty.summary == "not compared: b.md")
  }
}
