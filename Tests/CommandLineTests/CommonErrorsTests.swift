import Foundation
import TestSupport
import Testing

@Suite("The notebook of common errors")
struct CommonErrorsTests {
  /// A mistake that the notebook shows, and what it says that nbrun says.
  private struct Example {
    var notebook: String
    var said: String
    /// Where the answer stands in the notebook's text.
    var range: Range<String.Index>
  }

  @Test("Every mistake that the notebook shows is answered as it says")
  func answers() throws {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../notebooks/common-errors.md")
    var text = try String(contentsOf: path, encoding: .utf8)
    let examples = Self.examples(in: text)
    #expect(examples.count > 3)
    // The last one first, so that places before it stay where they are.
    for example in examples.reversed() {
      let program = try Executable()
      try program.folder.write("notebook.md", example.notebook)
      let run = try program.run("run", "notebook.md", "--color", "never")
      #expect(run.code == 2)
      if ProcessInfo.processInfo.environment["NBRUN_RECORD"] == "1" {
        text.replaceSubrange(example.range, with: run.errors)
      } else {
        #expect(run.errors == example.said)
      }
      #expect(try program.folder.text("notebook.md") == example.notebook)
    }
    guard ProcessInfo.processInfo.environment["NBRUN_RECORD"] == "1" else { return }
    try text.write(to: path, atomically: true, encoding: .utf8)
    Issue.record("recorded notebooks/common-errors.md: read it, then run without NBRUN_RECORD")
  }

  /// The fences of four backticks, each with the text fence behind it.
  private static func examples(in text: String) -> [Example] {
    var examples: [Example] = []
    var rest = text.startIndex
    while let begin = text.range(of: "````markdown\n", range: rest..<text.endIndex),
      let end = text.range(of: "````\n", range: begin.upperBound..<text.endIndex),
      let answer = text.range(of: "```text\n", range: end.upperBound..<text.endIndex),
      let close = text.range(of: "```\n", range: answer.upperBound..<text.endIndex)
    {
      let range = answer.upperBound..<close.lowerBound
      examples.append(
        Example(
          notebook: String(text[begin.upperBound..<end.lowerBound]), said: String(text[range]),
          range: range))
      rest = close.upperBound
    }
    return examples
  }
}
