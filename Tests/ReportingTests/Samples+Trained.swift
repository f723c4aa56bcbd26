import Records

extension Samples {
  /// Images with their classes.
  static func images() -> Record {
    let summary = DataSummary(
      description: "CIFAR10 images", vocabularySize: 10,
      splits: [.init(name: "train", count: 50_000), .init(name: "test", count: 10_000)],
      digest: String(repeating: "9b11d0c4", count: 8), examples: [], shape: [32, 32, 3],
      hasClasses: true)
    return Record(id: "images", kind: .data, status: .ok, key: key, output: .data(summary))
  }

  /// A model's metrics on held-out data.
  static func evaluation() -> Record {
    var record = Record(
      id: "held-out", kind: .eval, status: .ok, key: key,
      output: .eval(
        EvaluationSummary(
          split: "validation", examples: 1200, targets: 19_200,
          metrics: ["loss", "accuracy", "top_5", "perplexity"])))
    let values = ["loss": 2.5, "accuracy": 0.40625, "top_5": 0.75, "perplexity": 12.182_493_960_7]
    record.metrics = values.mapValues { MetricSeries(points: [.init(step: 1, value: $0)]) }
    return record
  }

  /// A language model's text of several lines, with what Markdown would take for its own.
  static func generation() -> Record {
    Record(
      id: "sample", kind: .generate, status: .ok, key: key,
      output: .generate(
        GenerationSummary(
          prompt: "Once upon", text: " a time,\n```\nthere *was* <!-- a dragon -->\u{7}\n",
          tokens: [257, 640, 11, 198])))
  }
}
