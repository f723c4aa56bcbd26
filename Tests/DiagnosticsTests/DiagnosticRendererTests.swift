import Diagnostics
import Testing

@Suite("Diagnostics") struct DiagnosticRendererTests {
  private let source = SourceText(name: "file.md", text: "a\nstep: 3\n\tkey:\tvalue\n数値: 1 x\n")
  private let plain = DiagnosticRenderer(color: false)

  private func diagnostic(at range: Range<Int>, notes: [String] = []) -> Diagnostic {
    Diagnostic(
      code: "unknown-key", message: "unknown key 'step'", in: source, at: range, notes: notes)
  }

  @Test("A diagnostic shows place, fault, line, caret and remedy")
  func whole() {
    let text = plain.render(diagnostic(at: 2..<6, notes: ["did you mean 'steps'?"]))
    #expect(
      text == """
        file.md:2:1: error[unknown-key]: unknown key 'step'
           2 | step: 3
             | ^~~~
             = did you mean 'steps'?
        """)
  }

  @Test("The caret stands below its character after tabs and wide characters")
  func alignment() {
    #expect(
      plain.render(diagnostic(at: 16..<21)) == """
        file.md:3:7: error[unknown-key]: unknown key 'step'
           3 |     key:    value
             |             ^~~~~
        """)
    let x = source.bytes.count - 2
    #expect(
      plain.render(diagnostic(at: x..<x)) == """
        file.md:4:7: error[unknown-key]: unknown key 'step'
           4 | 数値: 1 x
             |         ^
        """)
  }

  @Test("A range over several lines is marked on its first line")
  func severalLines() {
    #expect(diagnostic(at: 5..<20).length == 4)
  }

  @Test("A diagnostic without a place prints one line")
  func placeless() {
    let diagnostic = Diagnostic(
      code: "empty", severity: .warning, message: "nothing to run", source: "a.md")
    #expect(plain.render(diagnostic) == "a.md: warning[empty]: nothing to run")
  }

  @Test("A very long line shows a window around the fault")
  func longLine() throws {
    let long = SourceText(name: "l", text: String(repeating: "é", count: 5000) + "!" + "x")
    let found = Diagnostic(code: "c", message: "m", in: long, at: 10000..<10001)
    #expect(found.position == SourcePosition(line: 1, column: 5001))
    let lines = plain.render(found).split(separator: "\n")
    try #require(lines.count == 3)
    #expect(lines[1].count < 200)
    let column = lines[2].prefix { $0 != "^" }.count
    #expect(lines[1].dropFirst(column).hasPrefix("!"))
  }

  @Test("Names, messages and lines never reach the terminal raw")
  func sanitized() {
    let evil = SourceText(name: "a\u{1B}[2J.md", text: "\u{202E}evil\u{9B}31m\u{7}")
    let found = Diagnostic(
      code: "c", message: "no \u{1B}]0;title\u{7}", in: evil, at: 0..<3, notes: ["x\ny"])
    let text = plain.render(found)
    #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 })
    #expect(!text.unicodeScalars.contains("\u{202E}"))
    #expect(!text.unicodeScalars.contains("\u{9B}"))
    #expect(text.contains("a\\u{1B}[2J.md:1:1"))
    #expect(text.hasSuffix("= x\\ny"))
  }

  @Test("Colour only adds escape sequences")
  func color() {
    let colored = DiagnosticRenderer(color: true).render(diagnostic(at: 2..<6, notes: ["n"]))
    var text = ""
    var rest = colored[...]
    while let escape = rest.firstIndex(of: "\u{1B}") {
      text += rest[..<escape]
      rest = rest[escape...].drop { $0 != "m" }.dropFirst()
    }
    #expect(colored != text + rest)
    #expect(text + rest == plain.render(diagnostic(at: 2..<6, notes: ["n"])))
  }
}
