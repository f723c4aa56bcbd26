import DataFiles
import Digests
import Experiment
import Records
import Training

extension MadeData {
  /// A task of questions and answers.
  init(_ task: TokenTask, spec: DataSpec) {
    let rows = task.examples
    let parts = DataParts(count: rows.count, spec.split)
    let digest = rows.tokens.withUnsafeBytes { Digest(hashing: $0).hex }
    let summary = DataSummary(
      description: task.description, vocabularySize: spec.vocabularySize ?? 0,
      splits: Self.splits(parts.counts, of: spec), digest: digest, examples: task.shown,
      shape: [rows.length])
    self.init(dataset: parts.dataset { .sequences(rows.part($0)) }, summary: summary)
  }

  /// Arrays of files.
  init(_ arrays: ArraySpec, spec: DataSpec) throws(DataFileError) {
    var digest = DigestBuilder()
    for part in [arrays.main, arrays.test] {
      for array in [part?.inputs, part?.targets, part?.lengths, part?.types] {
        guard let array else { continue }
        digest.append(field: array.file.digest.bytes)
        digest.append(field: array.tensor ?? "")
      }
    }
    let made: (dataset: Dataset, vocabulary: Int, splits: [DataSummary.Split])
    if arrays.isStream {
      let tokens = try arrays.main.inputs.tokens(below: arrays.vocabularySize)
      let test = try arrays.test?.inputs.tokens(below: arrays.vocabularySize)
      let stream = MadeData(stream: tokens, ownTest: test, spec: spec, description: "")
      made = (stream.dataset, stream.summary.vocabularySize, stream.summary.splits)
    } else {
      let main = try ArrayExamples(arrays.main, of: arrays)
      var test: ArrayExamples?
      if let part = arrays.test { test = try ArrayExamples(part, of: arrays) }
      let parts = DataParts(count: main.count, spec.split)
      made = (
        parts.dataset(ownTest: test?.all, main.part), spec.vocabularySize ?? main.classes,
        Self.splits(parts.counts, of: spec, ownTest: test?.count)
      )
    }
    let names = arrays.main.inputs.file.path
    self.init(
      dataset: made.dataset,
      summary: DataSummary(
        description: "\(arrays.content.rawValue) of \(names)", vocabularySize: made.vocabulary,
        splits: made.splits, digest: digest.finalize().hex, examples: [],
        shape: arrays.isStream ? nil : arrays.exampleShape,
        hasClasses: arrays.content == .features ? true : nil))
  }

  /// CIFAR's images.
  init(_ images: CIFARSpec, spec: DataSpec) throws(DataFileError) {
    let main = try Self.examples(images.main, images)
    let test = images.test.isEmpty ? nil : try Self.examples(images.test, images)
    let parts = DataParts(count: main.count, spec.split)
    var digest = DigestBuilder()
    for file in images.main + images.test { digest.append(field: file.digest.bytes) }
    let summary = DataSummary(
      description: "\(images.variant.rawValue.uppercased()) images",
      vocabularySize: images.variant.classes,
      splits: Self.splits(parts.counts, of: spec, ownTest: test?.count),
      digest: digest.finalize().hex, examples: [], shape: CIFARFile.shape,
      hasClasses: true)
    self.init(
      dataset: parts.dataset(ownTest: test.map { .features($0) }) { .features(main.part($0)) },
      summary: summary)
  }

  private static func examples(
    _ files: [ResolvedFile], _ images: CIFARSpec
  ) throws(DataFileError) -> FeatureExamples {
    var opened: [CIFARFile] = []
    for file in files {
      opened.append(try CIFARFile(file.content, variant: images.variant))
    }
    let labels = opened.flatMap(\.labels)
    let source = CIFARFeatures(opened, scaling: FeatureScaling(images.scaling))
    return FeatureExamples(
      values: .stored(source, examples: Array(labels.indices)), shape: CIFARFile.shape,
      targets: .classes(labels, perExample: 1))
  }
}

extension FeatureScaling {
  init(_ spec: ScalingSpec) {
    self.init(
      divisor: Float(spec.divisor), mean: spec.mean.map { Float($0) },
      deviation: spec.deviation.map { Float($0) })
  }
}
