public import Digests

/// A data set as a person declares it.
public struct DataSpec: Hashable, Sendable {
  /// Where the examples come from.
  public var source: Source
  /// The part held out of training: the last `validationFraction` of the tokens or examples.
  public var validationFraction: Double

  /// Creates a data set's declaration.
  public init(source: Source, validationFraction: Double = 0) {
    self.source = source
    self.validationFraction = validationFraction
  }

  /// What examples a data set consists of.
  public enum Source: Hashable, Sendable {
    /// `length` uniform tokens below `vocabularySize`.
    case randomTokens(vocabularySize: Int, length: Int, seed: Int)
    /// The bytes of the files, one after the other in this order; the vocabulary is 256.
    case textFiles([ResolvedFile])
    /// Normal clouds of unit variance around one random centre a class.
    case blobs(classes: Int, features: Int, examples: Int, seed: Int)
    /// Interleaved spiral arms in the plane, one a class, with normal noise.
    case spirals(classes: Int, examples: Int, noise: Double, seed: Int)
  }
}

/// A project file as it was read when the plan was made.
public struct ResolvedFile: Hashable, Sendable {
  /// The path from the project's folder.
  public var path: String
  /// The digest of `bytes`.
  public var digest: Digest
  /// The contents; a Markdown file's lack nbrun's output regions and inserted values, so that a
  /// notebook that reads notebooks does not change its own inputs by running.
  public var bytes: [UInt8]

  /// Creates a file's snapshot.
  public init(path: String, digest: Digest, bytes: [UInt8]) {
    self.path = path
    self.digest = digest
    self.bytes = bytes
  }
}

extension DataSpec {
  /// Number of different tokens; nil where examples are feature vectors.
  public var vocabularySize: Int? {
    switch source {
    case .randomTokens(let vocabularySize, _, _): vocabularySize
    case .textFiles: 256
    case .blobs, .spirals: nil
    }
  }

  /// Features of an example; nil where the data is a sequence of tokens.
  public var features: Int? {
    switch source {
    case .randomTokens, .textFiles: nil
    case .blobs(_, let features, _, _): features
    case .spirals: 2
    }
  }

  /// Classes of the labels; nil where the data is a sequence of tokens.
  public var classes: Int? {
    switch source {
    case .randomTokens, .textFiles: nil
    case .blobs(let classes, _, _, _): classes
    case .spirals(let classes, _, _, _): classes
    }
  }

  /// Tokens or examples, both splits together.
  public var count: Int {
    switch source {
    case .randomTokens(_, let length, _): length
    case .textFiles(let files): files.reduce(0) { $0 + $1.bytes.count }
    case .blobs(_, _, let examples, _), .spirals(_, let examples, _, _): examples
    }
  }

  /// Tokens or examples held out of training: `count` times the fraction, rounded down.
  public var validationCount: Int { Int((Double(count) * validationFraction).rounded(.down)) }

  /// Tokens or examples to train on.
  public var trainingCount: Int { count - validationCount }
}
