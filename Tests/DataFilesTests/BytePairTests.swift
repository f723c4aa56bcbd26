import DataFiles
import Foundation
import TestSupport
import Testing

@Suite struct BytePairTests {
  private let tokenizer: BytePairTokenizer
  private let vocabulary: [UInt8]
  private let merges: [UInt8]

  init() throws {
    vocabulary = try fixture("bpe/vocab.json")
    merges = try fixture("bpe/merges.txt")
    tokenizer = try Self.open(vocabulary, merges)
  }

  private static func open(
    _ vocabulary: [UInt8], _ merges: [UInt8]
  ) throws(DataFileError) -> BytePairTokenizer {
    try BytePairTokenizer(
      vocabulary: FileBytes(vocabulary, name: "vocab.json"),
      merges: FileBytes(merges, name: "merges.txt"))
  }

  private struct Case: Decodable {
    var text: String
    var tokens: [Int32]
  }

  @Test("Texts have the tokens that transformers' GPT-2 tokenizer gives, and come back from them")
  func reference() throws {
    let cases = try JSONDecoder().decode([Case].self, from: Data(fixture("bpe/cases.json")))
    #expect(cases.count > 300)
    for example in cases {
      let tokens = try tokenizer.encode(example.text)
      #expect(tokens == example.tokens, "\(example.text.debugDescription)")
      #expect(try tokenizer.bytes(of: tokens) == Array(example.text.utf8))
    }
  }

  @Test("Any text comes back from its tokens")
  func roundTrip() throws {
    let seed = 5
    var generator = RepeatableGenerator(seed: seed)
    for number in 0..<300 {
      let scalars = (0..<Int.random(in: 0...40, using: &generator)).compactMap { _ in
        Unicode.Scalar(
          UInt32.random(in: 0...(generator.oneIn(4) ? 0x10FFFF : 0x7F), using: &generator))
      }
      var text = ""
      text.unicodeScalars.append(contentsOf: scalars)
      let tokens = try tokenizer.encode(text)
      #expect(try tokenizer.bytes(of: tokens) == Array(text.utf8), "seed \(seed), case \(number)")
      #expect(tokens.allSatisfy { (0..<Int32(tokenizer.vocabularySize)).contains($0) })
    }
  }

  @Test("The vocabulary's size is its largest number and one; documents end by their token")
  func size() throws {
    #expect(tokenizer.vocabularySize == 400)
    #expect(tokenizer.endOfText == 0)
    #expect(try tokenizer.encode("<|endoftext|>") == [0])
    #expect(try tokenizer.decode([0]) == "<|endoftext|>")
  }

  @Test("Progress is told at least once a MiB, with growing numbers")
  func progress() throws {
    let text = Array(String(repeating: "some words, ", count: 300_000).utf8)
    var reports: [Int] = []
    _ = try tokenizer.encode(utf8: text) { reports.append($0) }
    #expect(reports.count == 3 && reports == reports.sorted())
  }

  @Test("Malformed vocabularies and merges are refused with their place")
  func faults() {
    func fault(_ vocabulary: String, _ merges: String = "") -> BytePairFault? {
      DataFilesTests.fault(BytePairFault.self) {
        _ = try Self.open(Array(vocabulary.utf8), Array(merges.utf8))
      }
    }
    #expect(fault("{}") == .emptyVocabulary)
    #expect(fault("[1]")?.code == "malformed-vocabulary")
    #expect(fault("{\"a\": -1}") == .tokenNumber("a", -1))
    #expect(fault("{\"a\": 999999999999}") == .tokenNumber("a", 999_999_999_999))
    #expect(fault("{\"a\": 0, \"b\": 0}") == .repeatedNumber(0, first: "a", second: "b"))
    let two = "{\"a\": 0, \"b\": 1, \"ab\": 2}"
    #expect(fault(two, "#version: 0.2\na b\n") == nil)
    #expect(fault(two, "#version: 0.2\na b\nab\n") == .merge(line: 3))
    #expect(fault(two, "a b c\n") == .merge(line: 1))
    #expect(fault(two, "a c\n") == .mergeOutsideVocabulary("c", line: 1))
    #expect(fault(two, "b a\n") == .mergeOutsideVocabulary("ba", line: 1))
  }

  @Test("A byte without a token, bytes that are no text and unknown numbers are refused")
  func texts() throws {
    let small = try Self.open(Array("{\"a\": 0}".utf8), [])
    #expect(fault(BytePairFault.self) { _ = try small.encode("ab") } == .byteWithoutToken(0x62))
    #expect(
      fault(BytePairFault.self) { _ = try tokenizer.encode(utf8: [0x61, 0xC3, 0x28]) }
        == .invalidUTF8(offset: 1))
    #expect(fault(BytePairFault.self) { _ = try tokenizer.bytes(of: [400]) } == .unknownToken(400))
    #expect(fault(BytePairFault.self) { _ = try tokenizer.bytes(of: [-1]) } == .unknownToken(-1))
  }

  @Test("No mutation of a vocabulary, of merges or of a text traps the reader")
  func mutations() {
    let text = FileBytes(Array("Hello's world 12 \u{4F60}\n\n x".utf8), name: "text")
    let whole = (
      FileBytes(vocabulary, name: "vocab.json"), FileBytes(merges, name: "merges.txt")
    )
    func encode(
      _ vocabulary: FileBytes, _ merges: FileBytes, _ text: FileBytes
    ) throws(DataFileError) {
      let tokenizer = try BytePairTokenizer(vocabulary: vocabulary, merges: merges)
      try self.encode(text, with: tokenizer)
    }
    fuzz("bpe vocabulary", cases: 300, from: [vocabulary]) { bytes throws(DataFileError) in
      try encode(bytes, whole.1, text)
    }
    fuzz("bpe merges", cases: 300, from: [merges]) { bytes throws(DataFileError) in
      try encode(whole.0, bytes, text)
    }
    fuzz("bpe text", from: [Array("I'll say: caf\u{E9} \u{4F60}\u{1F600} <|endoftext|> 12\n".utf8)])
    {
      bytes throws(DataFileError) in
      try self.encode(bytes, with: tokenizer)
    }
  }

  private func encode(
    _ text: FileBytes, with tokenizer: BytePairTokenizer
  ) throws(DataFileError) {
    let bytes = try text.allBytes()
    do throws(BytePairFault) {
      let tokens = try tokenizer.encode(utf8: bytes)
      #expect(try tokenizer.bytes(of: tokens) == bytes)
    } catch {
      throw DataFileError(file: text.name, fault: error)
    }
  }
}
