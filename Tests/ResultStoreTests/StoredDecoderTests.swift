import Foundation
import Records
import TestSupport
import Testing

@testable import ResultStore

/// The store's own decoder beside Foundation's: what both read is the same.
@Suite("The store's JSON")
struct StoredDecoderTests {
  /// What records are made of, with values at the ends of what JSON can say.
  private struct Everything: Codable, Equatable {
    var flags = [true, false]
    var small: Int8 = -128
    var whole = [Int.max, Int.min, 0]
    var large = UInt64.max >> 1
    var number = [0.1, -0.0, 5, 1e300, .leastNonzeroMagnitude, .infinity, -.infinity, 1e19]
    var single: Float = 0.1
    var texts = ["", "a\"b\\c/\n\t\r\u{8}\u{C}\u{1}", "日本 é 👩‍👩‍👧‍👦", "\u{2028}\u{FFFF}"]
    var missing: String?
    var present: Int? = 3
    var named = ["a b": 1, "": 2, "ü": 3]
    var nested: [[Choice]] = [[], [.none, .text("x"), .pair(a: 1, b: 2)]]
    var word = Word.other

    enum Choice: Codable, Equatable {
      case none
      case text(String)
      case pair(a: Int, b: Double)
    }

    enum Word: String, Codable { case one, other }
  }

  private func oracle<Value: Decodable>(_ type: Value.Type, from text: String) throws -> Value {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try decoder.decode(type, from: Data(text.utf8))
  }

  @Test("Everything that is encoded is decoded without loss, as Foundation does")
  func everything() throws {
    let text = try RecordText.encoded(Everything())
    let decoded = try RecordText.decoded(Everything.self, from: text)
    #expect(decoded == Everything())
    #expect(decoded.number[1].sign == .minus)
    #expect(try oracle(Everything.self, from: text) == decoded)
    let spaced = text.replacing(",", with: " ,\n\t").replacing("/", with: "\\/")
    #expect(throws: Never.self) { try RecordText.decoded(Everything.self, from: spaced) }
    #expect(try RecordText.decoded([Double].self, from: "[\"nan\"]")[0].isNaN)
    #expect(try RecordText.decoded([String].self, from: #"["\u00e9\ud83d\ude00"]"#) == ["é😀"])
  }

  @Test("Records come back as Foundation reads them")
  func records() throws {
    for record in [Samples.train(), Samples.train("x[a=1]", last: .infinity, status: .failed)] {
      let text = try RecordText.encoded(record)
      #expect(try RecordText.decoded(Record.self, from: text) == record)
      #expect(try oracle(Record.self, from: text) == record)
    }
  }

  @Test("A changed text is refused, or says what Foundation reads in it")
  func changed() throws {
    let text = Array(try RecordText.encoded(Samples.train()).utf8)
    var read = 0
    for seed in fuzzCases(300) {
      var random = RepeatableGenerator(seed: seed)
      let changed = String(decoding: changedBytes(text, &random), as: UTF8.self)
      guard let own = try? RecordText.decoded(Record.self, from: changed),
        let other = try? oracle(Record.self, from: changed)
      else { continue }
      read += 1
      #expect(own == other, "seed \(seed)")
    }
    #expect(read > 10)
  }

  @Test(
    "What is no JSON, or not of the type, is damage",
    arguments: [
      "", "[", "[1", "[1,]", "[1 2]", "[01x]", "[+1]", "[.]", "[-]", "[1]]", "nul", "[\"a]",
      "[\"\\u12\"]", "[\"\\ud800\"]", "[\"\\ud800\\u0041\"]", "{\"a\":1}", "[true]", "[\"1\"]",
      "[1.5]", "[1e30]", "[null]",
      String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000),
    ])
  func damage(text: String) {
    #expect(throws: (any Error).self) { try RecordText.decoded([Int].self, from: text) }
  }
}
