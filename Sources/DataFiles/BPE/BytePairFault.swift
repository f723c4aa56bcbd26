/// What can be wrong with the files of a byte-pair tokenizer, or with what it is given.
public enum BytePairFault: DataFileFault, Hashable {
  /// The vocabulary is no JSON object of token numbers.
  case vocabulary(reason: String)
  /// The vocabulary has no tokens.
  case emptyVocabulary
  /// A token's number is negative or too large.
  case tokenNumber(String, Int)
  /// Two tokens have the same number.
  case repeatedNumber(Int, first: String, second: String)
  /// A line of the merges that is no pair.
  case merge(line: Int)
  /// A merge of tokens, or into a token, that the vocabulary lacks.
  case mergeOutsideVocabulary(String, line: Int)
  /// A byte of the text that the vocabulary has no token for.
  case byteWithoutToken(UInt8)
  /// Bytes of a text that are no UTF-8.
  case invalidUTF8(offset: Int)
  /// A number that is no token's.
  case unknownToken(Int)
}

extension BytePairFault {
  /// A stable name.
  public var code: String {
    switch self {
    case .vocabulary, .emptyVocabulary, .tokenNumber, .repeatedNumber: "malformed-vocabulary"
    case .merge, .mergeOutsideVocabulary: "malformed-merges"
    case .byteWithoutToken, .unknownToken: "unknown-token"
    case .invalidUTF8: "invalid-utf8"
    }
  }

  /// Where in the file.
  public var place: String? {
    switch self {
    case .merge(let line), .mergeOutsideVocabulary(_, let line): "line \(line)"
    case .tokenNumber(let token, _), .repeatedNumber(_, _, let token): "token '\(token)'"
    case .invalidUTF8(let offset): "byte \(offset)"
    case .vocabulary, .emptyVocabulary, .byteWithoutToken, .unknownToken: nil
    }
  }

  /// The fault in one sentence.
  public var message: String {
    switch self {
    case .vocabulary(let reason): "the vocabulary is no list of numbered tokens: \(reason)"
    case .emptyVocabulary: "the vocabulary has no tokens"
    case .tokenNumber(_, let number): "a token can't have the number \(number)"
    case .repeatedNumber(let number, let first, _): "'\(first)' has the number \(number) as well"
    case .merge: "a line of the merges is two tokens with a space between them"
    case .mergeOutsideVocabulary(let token, _): "the vocabulary has no token '\(token)'"
    case .byteWithoutToken(let byte):
      "the vocabulary has no token for the byte 0x\(String(byte, radix: 16, uppercase: true))"
    case .invalidUTF8: "the bytes are not valid UTF-8"
    case .unknownToken(let number): "no token has the number \(number)"
    }
  }

  /// The remedies.
  public var notes: [String] {
    switch self {
    case .vocabulary, .emptyVocabulary, .tokenNumber, .repeatedNumber, .merge:
      ["take vocab.json and merges.txt as GPT-2's tokenizer saves them"]
    case .mergeOutsideVocabulary: ["take vocab.json and merges.txt of the same tokenizer"]
    case .byteWithoutToken:
      ["train the tokenizer with all 256 bytes as its first tokens"]
    case .invalidUTF8: ["save the text as UTF-8, or read it with 'tokenizer: bytes'"]
    case .unknownToken: []
    }
  }
}
