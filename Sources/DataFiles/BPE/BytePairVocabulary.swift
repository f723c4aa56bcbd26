import FoundationEssentials

/// The tokens of a `vocab.json`.
struct BytePairVocabulary {
  /// The largest number of a token: beyond any model, but an array can hold so many.
  private static let largest = 1 << 24

  /// The largest number and one.
  let size: Int
  /// The tokens made of bytes.
  let tokens: [[UInt8]: Int32]
  /// The bytes of each number; of a special token, those of its name.
  let tokenBytes: [[UInt8]?]
  /// The token between documents.
  let endOfText: Int32?

  init(_ bytes: FileBytes) throws(DataFileError) {
    let json = Data(try bytes.allBytes())
    let numbers: [String: Int]
    do {
      numbers = try JSONDecoder().decode([String: Int].self, from: json)
    } catch {
      throw bytes.error(BytePairFault.vocabulary(reason: jsonReason(error)))
    }
    let names = try bytes.checking { () throws(BytePairFault) in
      try Self.names(numbers, size: Self.size(numbers))
    }
    size = names.count
    endOfText = numbers[BytePairTokenizer.endOfTextWord].map { Int32($0) }
    var tokens: [[UInt8]: Int32] = [:]
    var tokenBytes = [[UInt8]?](repeating: nil, count: names.count)
    for (number, name) in names.enumerated() {
      guard let name else { continue }
      let content = ByteAlphabet.bytes(of: name)
      let isSpecial = name == BytePairTokenizer.endOfTextWord
      if let content, !isSpecial { tokens[content] = Int32(number) }
      tokenBytes[number] = content ?? Array(name.utf8)
    }
    (self.tokens, self.tokenBytes) = (tokens, tokenBytes)
  }

  private static func size(_ numbers: [String: Int]) throws(BytePairFault) -> Int {
    for (name, number) in numbers where !(0..<largest).contains(number) {
      throw .tokenNumber(name, number)
    }
    guard let last = numbers.values.max() else { throw .emptyVocabulary }
    return last + 1
  }

  private static func names(
    _ numbers: [String: Int], size: Int
  ) throws(BytePairFault) -> [String?] {
    var names = [String?](repeating: nil, count: size)
    for (name, number) in numbers {
      if let other = names[number] {
        throw .repeatedNumber(number, first: min(name, other), second: max(name, other))
      }
      names[number] = name
    }
    return names
  }
}
