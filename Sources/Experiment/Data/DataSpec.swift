/// A data set as a person declares it.
public struct DataSpec: Hashable, Sendable {
  /// Where the examples come from.
  public var source: Source
  /// What is held out of training.
  public var split: DataSplit

  /// Creates a data set's declaration.
  public init(source: Source, split: DataSplit = DataSplit()) {
    self.source = source
    self.split = split
  }

  /// What examples a data set consists of.
  public enum Source: Hashable, Sendable {
    /// `length` uniform tokens below `vocabularySize`.
    case randomTokens(vocabularySize: Int, length: Int, seed: Int)
    /// The texts of the files, one after the other in this order.
    case textFiles([ResolvedFile], tokenizer: TokenizerSpec)
    /// Normal clouds of unit variance around one random centre a class.
    case blobs(classes: Int, features: Int, examples: Int, seed: Int)
    /// Interleaved spiral arms in the plane, one a class, with normal noise.
    case spirals(classes: Int, examples: Int, noise: Double, seed: Int)
    /// Square images of digits, moved and noisy.
    case digits(DigitsSpec)
    /// `length` random symbols, a separator, and the symbols again, which are to be predicted.
    case copy(length: Int, vocabularySize: Int, examples: Int, seed: Int)
    /// Sums of two numbers of so many digits, written out; the sum is to be predicted.
    case addition(digits: Int, isReversed: Bool, examples: Int, seed: Int)
    /// Arrays in NPY, IDX or safetensors files.
    case arrays(ArraySpec)
    /// CIFAR's binary files.
    case cifar(CIFARSpec)
    /// Columns of a CSV file.
    case table(TableSpec)
  }
}

/// What turns text into tokens.
public enum TokenizerSpec: Hashable, Sendable {
  /// Each byte is a token; the vocabulary is 256.
  case bytes
  /// GPT-2's byte pairs; the size is that of the vocabulary.
  case bytePairs(vocabulary: ResolvedFile, merges: ResolvedFile, size: Int)

  /// Tokens are below it.
  public var vocabularySize: Int {
    switch self {
    case .bytes: 256
    case .bytePairs(_, _, let size): size
    }
  }
}

/// Rendered digits.
public struct DigitsSpec: Hashable, Sendable {
  /// Pixels of a side.
  public var size: Int
  /// How many images.
  public var examples: Int
  /// The standard deviation of a pixel's noise; pixels are 0 to 1 without it.
  public var noise: Double
  /// Pixels by which a digit is moved at most.
  public var shift: Int
  /// The seed of all of it.
  public var seed: Int

  /// Creates a declaration.
  public init(size: Int, examples: Int, noise: Double, shift: Int, seed: Int) {
    self.size = size
    self.examples = examples
    self.noise = noise
    self.shift = shift
    self.seed = seed
  }
}
