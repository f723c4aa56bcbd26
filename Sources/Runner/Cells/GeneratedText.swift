import DataFiles
import Experiment
import Training

/// Turns texts into tokens of a data set, and back.
struct GeneratedText {
  private let coding: Coding

  private enum Coding {
    /// Tokens are no text: they are written as numbers.
    case numbers
    case bytes
    /// The file is the vocabulary's.
    case bytePairs(BytePairTokenizer, file: String)
  }

  /// - Parameter data: the body of the data cell that a model was trained on.
  /// - Throws: `TrainingFault.data` where the tokenizer's files are malformed.
  init(_ data: CellBody?) throws(TrainingFault) {
    guard case .data(let spec) = data, let tokenizer = spec.tokenizer else {
      coding = .numbers
      return
    }
    switch tokenizer {
    case .bytes: coding = .bytes
    case .bytePairs(let vocabulary, let merges, _):
      do throws(DataFileError) {
        coding = .bytePairs(
          try BytePairTokenizer(vocabulary: vocabulary.content, merges: merges.content),
          file: vocabulary.path)
      } catch {
        throw .data(error)
      }
    }
  }

  /// A prompt's tokens.
  func tokens(of prompt: GenerateCell.Prompt) throws(TrainingFault) -> [Int32] {
    switch (prompt, coding) {
    case (.tokens(let tokens), _): return tokens
    case (.text(let text), .bytePairs(let tokenizer, let file)):
      do throws(BytePairFault) {
        return try tokenizer.encode(text)
      } catch {
        throw .data(DataFileError(file: file, fault: error))
      }
    case (.text(let text), _): return text.utf8.map { Int32($0) }
    }
  }

  /// Tokens as text; bytes that are no UTF-8, and tokens that are no bytes, become replacement
  /// characters.
  func text(of tokens: [Int32]) throws(TrainingFault) -> String {
    switch coding {
    case .numbers: return tokens.map(String.init).joined(separator: " ")
    case .bytes:
      let bytes = tokens.flatMap { UInt8(exactly: $0).map { [$0] } ?? Array("\u{FFFD}".utf8) }
      return String(decoding: bytes, as: UTF8.self)
    case .bytePairs(let tokenizer, let file):
      do throws(BytePairFault) {
        return try tokenizer.decode(tokens)
      } catch {
        throw .data(DataFileError(file: file, fault: error))
      }
    }
  }

  /// Tokens as what follows others.
  func continuation(_ tokens: [Int32]) throws(TrainingFault) -> String {
    if case .numbers = coding, !tokens.isEmpty { return " " + (try text(of: tokens)) }
    return try text(of: tokens)
  }
}
