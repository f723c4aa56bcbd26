import TestSupport
import Testing

@testable import Reporting

@Suite("Unified diffs")
struct UnifiedDiffTests {
  @Test("The lines of each side are those of its text, whatever changed")
  func sides() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = RepeatableGenerator(seed: seed)
    for _ in 0..<200 {
      let words = ["a", "b", "c", "", "same"]
      func text() -> [String] {
        (0..<Int.random(in: 0...30, using: &random)).map { _ in random.pick(words) }
      }
      let (old, new) = (text(), text())
      let diff = UnifiedDiff(from: lines(old), to: lines(new), context: 100)
      var (before, after): ([String], [String]) = ([], [])
      for entry in diff.hunks.flatMap(\.entries) {
        switch entry {
        case .same(let line, let number):
          before.append(line.text)
          after.append(line.text)
          #expect(number == after.count, "seed \(seed)")
        case .removed(let line): before.append(line.text)
        case .added(let line): after.append(line.text)
        }
      }
      if old == new {
        #expect(diff.isEmpty, "seed \(seed)")
      } else {
        #expect(before == old && after == new, "seed \(seed)")
      }
    }
  }

  private func lines(_ texts: [String]) -> [UnifiedDiff.Line] {
    texts.enumerated().map { .init(number: $0 + 1, text: $1) }
  }

  @Test("A diff prints as diff -u does, and shows escapes instead of sending them")
  func printed() {
    let old = (1...20).map { "line \($0)" }
    var new = old
    new[1] = "changed\u{1B}[2J\there"
    new.insert("new", at: 15)
    let text = UnifiedDiff(
      from: old.joined(separator: "\n") + "\n", to: new.joined(separator: "\r\n") + "\r\n"
    ).text(before: "a", after: "b", usesColor: false)
    #expect(
      text == """
        --- a
        +++ b
        @@ -1,5 +1,5 @@
         line 1
        -line 2
        +changed\\u{1B}[2J\there
         line 3
         line 4
         line 5
        @@ -13,6 +13,7 @@
         line 13
         line 14
         line 15
        +new
         line 16
         line 17
         line 18

        """)
  }

  @Test("Equal texts have no diff")
  func equal() {
    #expect(UnifiedDiff(from: "a\nb", to: "a\nb\n").isEmpty)
    #expect(UnifiedDiff(from: "a", to: "a").text(before: "", after: "", usesColor: true) == "")
  }
}
