/// GPT-2's tokenizer: cuts a text into words, and merges each word's bytes pair by pair.
///
/// Sennrich et al. 2016; Radford et al. 2019, section 2.2. It is made from `vocab.json`, the tokens' numbers, and `merges.txt`, the pairs by rank, as
/// `GPT2Tokenizer.save_pretrained` writes them.
public struct BytePairTokenizer: Sendable {
  /// What separates documents, where the vocabulary has it.
  public static let endOfTextWord = "<|endoftext|>"

  /// The least size of a model's vocabulary: the largest number and one.
  public let vocabularySize: Int
  /// The token between documents; nil where the vocabulary has none.
  public let endOfText: Int32?
  /// The token of each byte; -1 where there is none.
  let byteTokens: [Int32]
  let merges: BytePairMerges
  /// The bytes of each token; nil for numbers that are none.
  private let tokenBytes: [[UInt8]?]

  /// Reads a tokenizer's files.
  ///
  /// - Throws: `DataFileError` with a `BytePairFault` or a `BytesFault`.
  public init(vocabulary: FileBytes, merges: FileBytes) throws(DataFileError) {
    let numbers = try BytePairVocabulary(vocabulary)
    vocabularySize = numbers.size
    endOfText = numbers.endOfText
    tokenBytes = numbers.tokenBytes
    byteTokens = (0...255).map { numbers.tokens[[$0]] ?? -1 }
    let lines = try merges.allBytes()
    self.merges = try merges.checking { () throws(BytePairFault) in
      try Self.merges(lines, numbers.tokens)
    }
  }

  private static func merges(
    _ text: [UInt8], _ tokens: [[UInt8]: Int32]
  ) throws(BytePairFault) -> BytePairMerges {
    var merges = BytePairMerges()
    var rank = 0
    for (index, line) in text.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    {
      let content = line.last == 0x0D ? line.dropLast() : line
      let isVersion = index == 0 && content.starts(with: "#version".utf8)
      guard !content.isEmpty, !isVersion else { continue }
      let parts = content.split(separator: 0x20, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
        throw .merge(line: index + 1)
      }
      func token(_ text: String) throws(BytePairFault) -> Int32 {
        guard let bytes = ByteAlphabet.bytes(of: text), let token = tokens[bytes] else {
          throw .mergeOutsideVocabulary(text, line: index + 1)
        }
        return token
      }
      let (left, right) = (
        String(decoding: parts[0], as: UTF8.self), String(decoding: parts[1], as: UTF8.self)
      )
      merges.add(
        try token(left), try token(right),
        BytePairMerges.Merge(rank: rank, result: try token(left + right)))
      rank += 1
    }
    return merges
  }

  /// The bytes of tokens, one after the other.
  ///
  /// - Throws: `BytePairFault.unknownToken`.
  public func bytes(of tokens: some Sequence<Int32>) throws(BytePairFault) -> [UInt8] {
    var bytes: [UInt8] = []
    for token in tokens {
      guard tokenBytes.indices.contains(Int(token)), let part = tokenBytes[Int(token)] else {
        throw .unknownToken(Int(token))
      }
      bytes += part
    }
    return bytes
  }

  /// The text of tokens; bytes that are no characters are replaced by U+FFFD.
  ///
  /// - Throws: `BytePairFault.unknownToken`.
  public func decode(_ tokens: some Sequence<Int32>) throws(BytePairFault) -> String {
    String(decoding: try bytes(of: tokens), as: UTF8.self)
  }
}
