import DataFiles
import Digests
import Experiment
import Records
import Training

/// A data set with what is told of it.
struct MadeData: Sendable {
  let dataset: Dataset
  let summary: DataSummary
  /// What a table says of its columns.
  let fit: TableFit?

  /// Called with the file that is being read, and how many of how many bytes are done.
  typealias Progress = (_ file: String, _ done: Int, _ total: Int) -> Void

  /// Generates or reads what a data directive declares.
  ///
  /// - Parameter trained: for data that a model trained on other data is evaluated with, what that
  ///   says of its columns.
  /// - Throws: `DataFileError` where a file is malformed beyond its header.
  init(
    _ spec: DataSpec, trained: TableFit? = nil, progress: Progress = { _, _, _ in }
  ) throws(DataFileError) {
    switch spec.source {
    case .randomTokens(let vocabularySize, let length, let seed):
      var stream = RandomStream(seed: seed)
      let tokens = (0..<length).map { _ in Int32(stream.next(below: vocabularySize)) }
      self.init(stream: tokens, spec: spec, description: "random tokens")
    case .textFiles(let files, let tokenizer):
      try self.init(texts: files, tokenizer, spec: spec, progress: progress)
    case .blobs(let classes, let features, let examples, let seed):
      self.init(
        GeneratedData.blobs(classes: classes, features: features, examples: examples, seed: seed),
        spec: spec, description: "\(classes) normal clouds in \(features) dimensions")
    case .spirals(let classes, let examples, let noise, let seed):
      self.init(
        GeneratedData.spirals(classes: classes, examples: examples, noise: noise, seed: seed),
        spec: spec, description: "\(classes) spiral arms in the plane")
    case .digits(let digits):
      self.init(
        GeneratedData.digits(digits), spec: spec,
        description: "rendered digits of \(digits.size) × \(digits.size) pixels")
    case .copy(let length, let vocabularySize, let examples, let seed):
      self.init(
        TokenTask.copy(length: length, symbols: vocabularySize, examples: examples, seed: seed),
        spec: spec)
    case .addition(let digits, let isReversed, let examples, let seed):
      self.init(
        TokenTask.addition(
          digits: digits, isReversed: isReversed, examples: examples, seed: seed), spec: spec)
    case .arrays(let arrays): try self.init(arrays, spec: spec)
    case .cifar(let images): try self.init(images, spec: spec)
    case .table(let table):
      try self.init(table, spec: spec, trained: trained, progress: progress)
    }
  }

  init(dataset: Dataset, summary: DataSummary, fit: TableFit? = nil) {
    self.dataset = dataset
    self.summary = summary
    self.fit = fit
  }

  /// A stream, cut in parts at its end.
  init(
    stream tokens: [Int32], ownTest: [Int32]? = nil, spec: DataSpec, description: String,
    examples: [String] = []
  ) {
    let counts = spec.split.counts(of: tokens.count)
    let ends = (counts.train, counts.train + counts.validation)
    let dataset = Dataset(
      train: .tokens(Array(tokens[..<ends.0])),
      validation: .tokens(Array(tokens[ends.0..<ends.1])),
      test: .tokens(ownTest ?? Array(tokens[ends.1...])))
    let largest = max(tokens.max() ?? -1, ownTest?.max() ?? -1)
    let size = spec.vocabularySize ?? Int(largest) + 1
    let summary = DataSummary(
      description: description, vocabularySize: size,
      splits: Self.splits(counts, of: spec, ownTest: ownTest?.count),
      digest: tokens.withUnsafeBytes { Digest(hashing: $0).hex }, examples: examples)
    self.init(dataset: dataset, summary: summary)
  }

  /// Vectors or images that were made in memory.
  init(_ data: GeneratedData, spec: DataSpec, description: String) {
    let examples = FeatureExamples(
      values: .memory(data.values), shape: data.shape,
      targets: .classes(data.classes, perExample: 1))
    var digest = DigestBuilder()
    data.values.withUnsafeBytes { digest.update($0) }
    data.classes.withUnsafeBytes { digest.update($0) }
    let parts = DataParts(count: examples.count, spec.split)
    let summary = DataSummary(
      description: description, vocabularySize: spec.classes ?? 0,
      splits: Self.splits(parts.counts, of: spec), digest: digest.finalize().hex, examples: [],
      shape: data.shape, hasClasses: true)
    self.init(dataset: parts.dataset { .features(examples.part($0)) }, summary: summary)
  }

  /// The parts that a directive asks for, with their sizes.
  static func splits(
    _ counts: (train: Int, validation: Int, test: Int), of spec: DataSpec, ownTest: Int? = nil
  ) -> [DataSummary.Split] {
    spec.splitNames.map { name in
      let count =
        switch name {
        case "train": counts.train
        case "validation": counts.validation
        default: ownTest ?? counts.test
        }
      return DataSummary.Split(name: name, count: count)
    }
  }
}
