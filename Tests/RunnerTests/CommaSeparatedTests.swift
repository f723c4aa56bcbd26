import Records
import Runner
import TestSupport
import Testing

@Suite("Comma-separated answers")
struct CommaSeparatedTests {
  private func csv(_ values: [RecordedValue?], name: String = "a") -> String {
    QueryResult(
      columns: values.map { _ in .init(name: name, format: .plain) }, rows: [values], total: 1,
      isVolatile: false
    ).csv
  }

  @Test("Whatever a cell holds, a reader finds it in one field", arguments: HostileText.joined)
  func hostile(text: String) {
    for text in [text, "a,\u{301}\(text)", "\u{D4E},\(text)", "a\r\n\(text)", "\n\u{301}"] {
      let answer = csv([.text(text), .count(1)], name: text)
      #expect(fields(answer) == [[text, text], [text, "1"]], "\(text.debugDescription)")
    }
  }

  @Test("What a spreadsheet would take for a formula is text, and numbers are numbers")
  func formulas() {
    let formulas = ["=1+1", "+a", "-a", "@a", "=\u{301}1", "-", "\t=1"]
    for text in formulas {
      #expect(fields(csv([.text(text)])).last == ["'\(text)"], "\(text.debugDescription)")
      #expect(fields(csv([.text("x")], name: text)).first == ["'\(text)"])
    }
    #expect(
      csv([.count(-1), .number(-2.5), .text("-3"), .text("a=b")]) == "a,a,a,a\r\n-1,-2.5,-3,a=b\r\n"
    )
  }

  /// Reads fields as RFC 4180 has them, byte by byte.
  private func fields(_ text: String) -> [[String]] {
    var rows: [[String]] = [[]]
    var field: [UInt8] = []
    var isQuoted = false
    var rest = Array(text.utf8)[...]
    func end() { rows[rows.count - 1].append(String(decoding: field, as: UTF8.self)) }
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "\""):
        // Two of them within quotes are one.
        if isQuoted, rest.first == byte { field.append(byte) }
        if isQuoted, rest.first == byte { rest.removeFirst() } else { isQuoted.toggle() }
      case UInt8(ascii: ",") where !isQuoted:
        end()
        field = []
      case UInt8(ascii: "\r") where !isQuoted && rest.first == UInt8(ascii: "\n"):
        rest.removeFirst()
        end()
        field = []
        if !rest.isEmpty { rows.append([]) }
      default: field.append(byte)
      }
    }
    return rows
  }
}
