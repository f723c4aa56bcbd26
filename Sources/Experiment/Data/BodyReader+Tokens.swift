import DataFiles
import Diagnostics

extension BodyReader {
  /// `tokens:` random, or from text files.
  func tokens(_ node: YAMLNode) -> DataSpec? {
    guard
      let keys = mapping(node, "tokens", keys: ["random", "files", "tokenizer", "split"])
    else { return nil }
    let split = split(keys, shuffles: nil)
    switch (keys["random"], keys["files"]) {
    case (let random?, nil):
      if keys["tokenizer"] != nil {
        note(
          .conflictingKeys(["random", "tokenizer"], owner: keys.owner),
          at: keys.keyRange("tokenizer"))
      }
      return randomTokens(random).map { DataSpec(source: $0, split: split) }
    case (nil, let patterns?):
      let tokenizer = keys.required("tokenizer").flatMap { self.tokenizer($0) }
      let files = files(patterns, "files")
      guard let tokenizer else { return nil }
      return DataSpec(source: .textFiles(files, tokenizer: tokenizer), split: split)
    case (.some, .some):
      note(.conflictingKeys(["random", "files"], owner: keys.owner), at: keys.keyRange("files"))
    case (nil, nil):
      note(.missingOneOf(["random", "files"], owner: keys.owner), at: node.range)
    }
    return nil
  }

  /// `bytes`, or `{bpe: {vocab: vocab.json, merges: merges.txt}}`.
  private func tokenizer(_ node: YAMLNode) -> TokenizerSpec? {
    guard let variant = variant(node, "tokenizer", known: ["bytes", "bpe"]) else { return nil }
    guard variant.name == "bpe" else { return .bytes }
    guard let details = variant.details,
      let keys = mapping(details, "tokenizer 'bpe'", keys: ["vocab", "merges"])
    else {
      if !variant.hasDetails {
        note(.missingKey("vocab", owner: "tokenizer 'bpe'"), at: variant.range)
      }
      return nil
    }
    let vocabulary = keys.required("vocab").flatMap { file($0, "vocab") }
    let merges = keys.required("merges").flatMap { file($0, "merges") }
    guard let vocabulary, let merges else { return nil }
    let tokenizer = reading(at: details.range) { () throws(DataFileError) in
      try BytePairTokenizer(vocabulary: vocabulary.content, merges: merges.content)
    }
    return tokenizer.map {
      .bytePairs(vocabulary: vocabulary, merges: merges, size: $0.vocabularySize)
    }
  }

  private func randomTokens(_ node: YAMLNode) -> DataSpec.Source? {
    guard let keys = mapping(node, "random tokens", keys: ["vocab_size", "length", "seed"]) else {
      return nil
    }
    let vocabulary = keys.integer("vocab_size", BodyLimits.sizes)
    let length = keys.integer("length", BodyLimits.sizes)
    let seed = seed(keys)
    guard let vocabulary, let length else { return nil }
    return .randomTokens(vocabularySize: vocabulary, length: length, seed: seed)
  }
}
