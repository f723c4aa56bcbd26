import Digests
import Experiment
import FoundationEssentials
import Records
import Training

/// A data set in memory with what is told of it.
struct MadeData: Sendable {
  let dataset: Dataset
  let summary: DataSummary

  /// Generates or cuts up what a data directive declares.
  init(_ spec: DataSpec) {
    switch spec.source {
    case .randomTokens(let vocabularySize, let length, let seed):
      var stream = RandomStream(seed: seed)
      let tokens = (0..<length).map { _ in Int32(stream.next(below: vocabularySize)) }
      self.init(
        tokens: tokens, spec: spec, description: "random tokens", examples: [])
    case .textFiles(let files):
      let bytes = files.flatMap(\.bytes)
      let names = files.count == 1 ? files[0].path : "\(files.count) files"
      self.init(
        tokens: bytes.map { Int32($0) }, spec: spec, description: "bytes of \(names)",
        examples: Self.excerpts(of: files))
    case .blobs(let classes, let features, let examples, let seed):
      self.init(
        GeneratedData.blobs(classes: classes, features: features, examples: examples, seed: seed),
        spec: spec, description: "\(classes) normal clouds in \(features) dimensions")
    case .spirals(let classes, let examples, let noise, let seed):
      self.init(
        GeneratedData.spirals(classes: classes, examples: examples, noise: noise, seed: seed),
        spec: spec, description: "\(classes) spiral arms in the plane")
    }
  }

  private init(tokens: [Int32], spec: DataSpec, description: String, examples: [String]) {
    let cut = spec.trainingCount
    dataset = Dataset(
      train: .tokens(Array(tokens[..<cut])), validation: .tokens(Array(tokens[cut...])))
    summary = DataSummary(
      description: description, vocabularySize: spec.vocabularySize ?? 0,
      splits: Self.splits(spec), digest: tokens.withUnsafeBytes { Digest(hashing: $0).hex },
      examples: examples)
  }

  private init(_ data: GeneratedData, spec: DataSpec, description: String) {
    let (cut, width) = (spec.trainingCount, data.width)
    func part(_ range: Range<Int>) -> Examples {
      .features(
        Array(data.values[range.lowerBound * width..<range.upperBound * width]), width: width,
        classes: Array(data.classes[range]))
    }
    dataset = Dataset(train: part(0..<cut), validation: part(cut..<data.classes.count))
    var digest = DigestBuilder()
    data.values.withUnsafeBytes { digest.update($0) }
    data.classes.withUnsafeBytes { digest.update($0) }
    summary = DataSummary(
      description: description, vocabularySize: spec.classes ?? 0, splits: Self.splits(spec),
      digest: digest.finalize().hex, examples: [])
  }

  private static func splits(_ spec: DataSpec) -> [DataSummary.Split] {
    let train = DataSummary.Split(name: "train", count: spec.trainingCount)
    guard spec.validationCount > 0 else { return [train] }
    return [train, DataSummary.Split(name: "validation", count: spec.validationCount)]
  }

  /// The first line with letters of each of the first three files.
  private static func excerpts(of files: [ResolvedFile]) -> [String] {
    files.prefix(3).compactMap { file in
      let text = String(decoding: file.bytes.prefix(4096), as: UTF8.self)
      let line = text.split(separator: "\n").first { line in
        line.contains(where: \.isLetter) && !line.hasPrefix("---") && !line.contains(":")
      }
      return line.map { "\(file.path): \($0.prefix(60))" }
    }
  }
}
