import Foundation
import Runner
import Testing

@Suite("JSON")
struct JSONValueTests {
  @Test("What is written reads back as the same value, whatever characters it holds")
  func readsBack() throws {
    let text = "a\"\\\n\r\t\u{1}\u{2028}é😀"
    let json = JSONValue.object([(text, .array([.string(text), .int(-1), .double(1e-7), .null]))])
    let read = try JSONSerialization.jsonObject(with: Data(json.text.utf8)) as? [String: [Any]]
    let items = try #require(read?[text])
    #expect(items[0] as? String == text)
    #expect(items[1] as? Int == -1)
    #expect(items[2] as? Double == 1e-7)
    #expect(items[3] is NSNull)
  }

  @Test("Members keep their order, and a series stays on one line")
  func order() {
    let json = JSONValue.object([
      ("b", .array([.array([.int(1), .double(0.5)]), .array([.int(2), .double(0.25)])])),
      ("a", .object([])), ("c", .double(.nan)),
    ])
    #expect(json.text == "{\n  \"b\": [[1, 0.5], [2, 0.25]],\n  \"a\": {},\n  \"c\": \"nan\"\n}\n")
  }

  @Test("An address is cut at its last number sign")
  func address() {
    #expect(CellAddress("a#b.md#c").file == "a#b.md")
    #expect(CellAddress("a#b.md#c").cell == "c")
    #expect(CellAddress("a.md").cell == nil)
  }
}
