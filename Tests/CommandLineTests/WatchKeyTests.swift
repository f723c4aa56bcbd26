import Testing

@testable import nbrun

/// The keys of `nbrun watch` without a terminal: what is typed is text, and nothing waits.
@Suite("Keys of nbrun watch")
struct WatchKeyTests {
  private func cells(_ ids: [String], of file: String = "a.md") -> WaitingCells {
    var cells = WaitingCells(namesFiles: false)
    cells.update(file, ids.map { ($0, nil) })
    return cells
  }

  /// What comes of the last of some keys.
  private func press(
    _ keys: String, among cells: WaitingCells, _ choice: inout CellChoice
  ) -> CellChoice.Outcome {
    keys.map { choice.press($0, among: cells) }.last ?? .open
  }

  private func press(_ keys: String, among cells: WaitingCells) -> CellChoice.Outcome {
    var choice = CellChoice()
    return press(keys, among: cells, &choice)
  }

  private func name(_ outcome: CellChoice.Outcome) -> String? {
    if case .cell(let cell) = outcome { cell.name } else { nil }
  }

  @Test("Of twelve cells each has keys of its own, and no key runs two")
  func twelve() {
    let ids = (1...12).map { "t[lr=\($0)]" }
    let cells = cells(ids)
    for number in 1...12 {
      // Where a longer number may follow, Enter says that none does.
      let keys = number == 1 ? "1\n" : "\(number)"
      #expect(name(press(keys, among: cells)) == ids[number - 1])
      #expect(name(press("/t[lr=\(number)]\n", among: cells)) == ids[number - 1])
    }
    #expect(press("1", among: cells) == .open)
    #expect(press("r", among: cells) == .all)
    #expect(press("q", among: cells) == .end)
  }

  @Test("A name is found by what tells it from the others, and never by less")
  func names() {
    let cells = cells(["kept", "kept-long", "query"])
    #expect(name(press("/q\n", among: cells)) == "query")
    #expect(name(press("/kept\n", among: cells)) == "kept")
    #expect(name(press("/kept-\r", among: cells)) == "kept-long")
    var choice = CellChoice()
    #expect(
      press("/ke\n", among: cells, &choice) == .ambiguous("ke", names: ["kept", "kept-long"]))
    #expect(choice.typed == "/ke")
    #expect(name(press("pt-\n", among: cells, &choice)) == "kept-long")
    #expect(choice.typed.isEmpty)
    #expect(press("/qeury\n", among: cells) == .unknown("qeury", near: "query"))
  }

  @Test("Cells of one name in two notebooks are told apart")
  func files() {
    var cells = WaitingCells(namesFiles: true)
    cells.update("a.md", [("gpt", 61)])
    cells.update("b.md", [("gpt", nil)])
    #expect(name(press("2", among: cells)) == "b.md#gpt")
    #expect(name(press("/b\n", among: cells)) == "b.md#gpt")
    #expect(
      press("/gpt\n", among: cells) == .ambiguous("gpt", names: ["a.md#gpt", "b.md#gpt"]))
    #expect(
      cells.lines(hasKeys: true) == [
        "stale: 1 a.md#gpt (about 1:01), 2 b.md#gpt; "
          + "a number runs one, / and its name too, r runs all, q ends"
      ])
    #expect(
      cells.lines(hasKeys: false) == ["watching; not run: a.md#gpt (about 1:01), b.md#gpt"])
  }

  @Test("A number stays its cell's while any cell waits")
  func numbers() {
    var cells = cells(["a", "b", "c"])
    cells.update("a.md", [("b", nil), ("c", nil)])
    #expect(name(press("2", among: cells)) == "b")
    #expect(press("1", among: cells) == .unknown("1", near: nil))
    cells.update("a.md", [("a", nil), ("b", nil), ("c", nil)])
    #expect(cells.entries.map(\.name) == ["b", "c", "a"])
    #expect(cells.entries.map(\.number) == [2, 3, 4])
    cells.update("a.md", [])
    cells.update("a.md", [("c", nil)])
    #expect(cells.entries.map(\.number) == [1])
  }

  @Test("Escape and backspace take back, other keys do nothing")
  func corrections() {
    let cells = cells((1...20).map { "c\($0)" })
    var choice = CellChoice()
    #expect(press("1\u{1B}2", among: cells, &choice) == .open)
    #expect(choice.typed == "2")
    #expect(press("\u{7F}", among: cells, &choice) == .open)
    #expect(choice.typed.isEmpty)
    // An arrow key: Escape and two letters.
    #expect(press("\u{1B}[A\n²x", among: cells, &choice) == .open)
    #expect(choice.typed.isEmpty)
    #expect(name(press("/c1x\u{7F}\n", among: cells, &choice)) == "c1")
  }

  @Test("Many cells stand on lines of their own, numbers under each other")
  func lines() {
    let lines = cells((1...10).map { "training-run-\($0)" }).lines(hasKeys: true)
    #expect(lines.first == "stale:")
    #expect(lines.contains("   1  training-run-1"))
    #expect(lines.contains("  10  training-run-10"))
    #expect(lines.last?.hasSuffix("q ends") == true)
    #expect(cells([]).lines(hasKeys: true) == ["watching; q ends"])
  }
}
