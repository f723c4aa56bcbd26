import Foundation
import Records
import Reporting
import TestSupport
import Testing

@Suite("Texts of regions on a page")
struct RegionTextTests {
  private static let starters = [
    "# a", "###### a", "#", "- a", "-", "+ a", "+", "* a", "*", "1. a", "12) a", "1.",
    "123456789) a",
    "> a", ">a", "```", "``` yaml", "~~~", "|a|", "| a", "---", "- - -", "--", "***", "___", "===",
    "<b>", "<!-- a", "<script>", "    code", "     # a", "[a]: b", "![a](b)", "[a](b)", "**a**",
    "&lt;", "$a$", "\\", "a\n# b", "`a`",
  ]

  /// Texts that begin like a list and are none: they get no backslash.
  private static let ordinary = [
    "#1 of 3", "-1 is less", "-- a", "--- a", "+1", "1.5 MiB", "3 x", "10 % more", "a - b # c",
    "図1. 損失", "2026", ".5", "=x",
  ]

  private func output(caption: String?, label: String? = nil, failing: String? = nil) -> String {
    var record = Record(id: "a", kind: .train, status: .ok, key: "", output: .none)
    record.failure = failing.map { FailureRecord(code: "x", message: $0, notes: [$0]) }
    return RegionBody(
      record, options: RegionOptions(caption: caption, label: label, figureFolder: "f")
    ).output
  }

  /// What cmark makes of a text that has no markup.
  private func shown(_ text: String) -> String {
    let safe = text.replacingOccurrences(of: "\n", with: "\\n")
    let escaped = safe.unicodeScalars.map { scalar in
      ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;"][scalar] ?? String(scalar)
    }.joined()
    return String(escaped.drop { $0 == " " })
  }

  @Test(
    "Whatever a caption says, it is one paragraph of text, with a label before it or without",
    arguments: starters + ordinary + HostileText.joined)
  func captions(text: String) {
    let alone = Samples.main(output(caption: text))
    #expect(bytes(alone) == bytes("<h1>A page</h1>\n<p>\(shown(text))</p>\n"))
    let labelled = Samples.main(output(caption: text, label: "L"))
    #expect(labelled.hasPrefix("<h1>A page</h1>\n<p><strong>L</strong> – "))
    #expect(labelled.components(separatedBy: "<").count == 7)
  }

  @Test("A label is one strong text", arguments: starters + HostileText.joined)
  func labels(text: String) {
    let main = Samples.main(output(caption: nil, label: text))
    #expect(bytes(main) == bytes("<h1>A page</h1>\n<p><strong>\(shown(text))</strong></p>\n"))
  }

  @Test("The message and the notes of a failure are text", arguments: starters + HostileText.joined)
  func failures(text: String) {
    let main = Samples.main(output(caption: nil, failing: text))
    let tags = Markup(main).tags.map(\.name)
    #expect(Markup(main).problems.isEmpty)
    #expect(
      tags == [
        "h1", "h1", "blockquote", "p", "strong", "strong", "p", "ul", "li", "li", "ul",
        "blockquote",
      ])
  }

  @Test("A caption that only looks like a list stays as it is written")
  func ordinaryCaptions() {
    for text in Self.ordinary {
      #expect(output(caption: text) == text)
    }
    #expect(output(caption: "1. a", label: "L") == "**L** – 1. a")
  }

  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
}
