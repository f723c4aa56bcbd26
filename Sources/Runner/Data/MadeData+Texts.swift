import DataFiles
import Experiment

extension MadeData {
  /// The tokens of text files, one after the other.
  init(
    texts files: [ResolvedFile], _ tokenizer: TokenizerSpec, spec: DataSpec, progress: Progress
  ) throws(DataFileError) {
    let names = files.count == 1 ? files[0].path : "\(files.count) files"
    let examples = try Self.excerpts(of: files)
    switch tokenizer {
    case .bytes:
      var tokens: [Int32] = []
      for file in files { tokens += try file.content.allBytes().map { Int32($0) } }
      self.init(
        stream: tokens, spec: spec, description: "bytes of \(names)", examples: examples)
    case .bytePairs(let vocabulary, let merges, _):
      let tokenizer = try BytePairTokenizer(
        vocabulary: vocabulary.content, merges: merges.content)
      var tokens: [Int32] = []
      for (index, file) in files.enumerated() {
        // As in GPT-2's training, documents are separated by a token of their own.
        if index > 0, let separator = tokenizer.endOfText { tokens.append(separator) }
        tokens += try Self.tokens(of: file, tokenizer, progress: progress)
      }
      self.init(
        stream: tokens, spec: spec, description: "byte pairs of \(names)", examples: examples)
    }
  }

  private static func tokens(
    of file: ResolvedFile, _ tokenizer: BytePairTokenizer, progress: Progress
  ) throws(DataFileError) -> [Int32] {
    let text = try file.content.allBytes()
    do throws(BytePairFault) {
      return try tokenizer.encode(utf8: text) { progress(file.path, $0, text.count) }
    } catch {
      throw DataFileError(file: file.path, fault: error)
    }
  }

  /// The first line with letters of each of the first three files.
  private static func excerpts(of files: [ResolvedFile]) throws(DataFileError) -> [String] {
    var excerpts: [String] = []
    for file in files.prefix(3) {
      let start = try file.content.bytes(at: 0, count: min(4096, file.content.count))
      let text = String(decoding: start, as: UTF8.self)
      let line = text.split(separator: "\n").first { line in
        line.contains(where: \.isLetter) && !line.hasPrefix("---") && !line.contains(":")
      }
      if let line { excerpts.append("\(file.path): \(line.prefix(60))") }
    }
    return excerpts
  }
}
