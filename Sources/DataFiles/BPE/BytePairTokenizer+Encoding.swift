extension BytePairTokenizer {
  /// The tokens of a text.
  ///
  /// - Throws: `BytePairFault.byteWithoutToken`.
  public func encode(_ text: String) throws(BytePairFault) -> [Int32] {
    try encode(utf8: Array(text.utf8))
  }

  /// The tokens of a text; `<|endoftext|>` in it is one token, where the vocabulary has it.
  ///
  /// - Parameters:
  ///   - text: the text in UTF-8.
  ///   - progress: called now and then with the bytes done so far.
  /// - Throws: `BytePairFault.invalidUTF8` or `.byteWithoutToken`.
  public func encode(
    utf8 text: [UInt8], progress: (Int) -> Void = { _ in }
  ) throws(BytePairFault) -> [Int32] {
    if let offset = firstInvalidByte(of: text) { throw .invalidUTF8(offset: offset) }
    var encoder = Encoder(tokenizer: self)
    var start = 0
    for special in specialRanges(in: text) {
      try encoder.add(text, start..<special.lowerBound, progress: progress)
      if let endOfText { encoder.tokens.append(endOfText) }
      start = special.upperBound
    }
    try encoder.add(text, start..<text.count, progress: progress)
    return encoder.tokens
  }

  /// Where `<|endoftext|>` stands in a text.
  private func specialRanges(in text: [UInt8]) -> [Range<Int>] {
    guard endOfText != nil else { return [] }
    let word = Array(Self.endOfTextWord.utf8)
    var ranges: [Range<Int>] = []
    var place = 0
    while let found = text[place...].firstIndex(of: word[0]) {
      if text[found...].starts(with: word) {
        ranges.append(found..<found + word.count)
        place = found + word.count
      } else {
        place = found + 1
      }
    }
    return ranges
  }
}

/// Encodes one text, and remembers the tokens of its words.
private struct Encoder {
  /// Words that are remembered at most; texts repeat far fewer.
  private static let cacheLimit = 1 << 17
  /// Bytes between calls of `progress`.
  private static let reportInterval = 1 << 20

  let tokenizer: BytePairTokenizer
  var tokens: [Int32] = []
  private var cache: [ArraySlice<UInt8>: [Int32]] = [:]
  private var reported = 0

  init(tokenizer: BytePairTokenizer) { self.tokenizer = tokenizer }

  mutating func add(
    _ text: [UInt8], _ range: Range<Int>, progress: (Int) -> Void
  ) throws(BytePairFault) {
    var cutter = WordCutter(text, range)
    while let word = cutter.word() {
      tokens += try tokens(of: text[word])
      if word.upperBound - reported >= Self.reportInterval {
        reported = word.upperBound
        progress(reported)
      }
    }
  }

  private mutating func tokens(of word: ArraySlice<UInt8>) throws(BytePairFault) -> [Int32] {
    if let known = cache[word] { return known }
    var tokens: [Int32] = []
    for byte in word {
      let token = tokenizer.byteTokens[Int(byte)]
      guard token >= 0 else { throw .byteWithoutToken(byte) }
      tokens.append(token)
    }
    tokenizer.merges.apply(to: &tokens)
    if cache.count < Self.cacheLimit { cache[word] = tokens }
    return tokens
  }
}

/// The offset of the first byte that is not valid UTF-8.
private func firstInvalidByte(of text: [UInt8]) -> Int? {
  guard String(validating: text, as: UTF8.self) == nil else { return nil }
  var decoder = Unicode.UTF8.ForwardParser()
  var bytes = text.makeIterator()
  var offset = 0
  while true {
    switch decoder.parseScalar(from: &bytes) {
    case .valid(let scalar): offset += scalar.count
    case .error: return offset
    case .emptyInput: return nil
    }
  }
}
