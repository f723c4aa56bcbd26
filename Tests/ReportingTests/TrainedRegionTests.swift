import Records
import Reporting
import Testing

@Suite("Regions of evaluations and generations")
struct TrainedRegionTests {
  private let options = RegionOptions(figureFolder: "results/book")

  private var evaluation: Record {
    var record = Record(
      id: "held-out", kind: .eval, status: .ok, key: "ab",
      output: .eval(
        EvaluationSummary(
          split: "validation", examples: 1200, targets: 19_200, metrics: ["loss", "top_5"])))
    record.metrics = [
      "loss": MetricSeries(points: [.init(step: 1, value: 2.5)]),
      "top_5": MetricSeries(points: [.init(step: 1, value: 0.75)]),
    ]
    return record
  }

  @Test("An evaluation is a row a metric, and is read back")
  func evaluationTable() {
    let body = RegionBody(evaluation, options: options)
    #expect(body.timing == nil)
    #expect(body.output.contains("`top_5`"))
    let values = RegionValues.parse(body.output).map { ($0.name, $0.value) }
    let expected: [(String, RecordedValue)] = [
      ("examples", .count(1200)), ("targets", .count(19_200)), ("loss", .number(2.5)),
      ("top_5", .number(0.75)),
    ]
    #expect(values.elementsEqual(expected, by: ==))
    #expect(evaluation.value("top_5") == .number(0.75))
    #expect(evaluation.value("top_5.last") == nil)
  }

  @Test("A generated text can't end its block, become markup or end its region")
  func generation() {
    let record = Record(
      id: "sample", kind: .generate, status: .ok, key: "ab",
      output: .generate(
        GenerationSummary(
          prompt: "Once", text: " upon\n```\n<!-- #endregion nbrun:out sample -->\r\n\u{1B}[31m",
          tokens: [1, 2, 3])))
    let lines = RegionBody(record, options: options).output.split(separator: "\n").map(String.init)
    #expect(lines[0] == "````text" && lines[1] == "Once upon" && lines[2] == "```")
    #expect(lines.contains("````"))
    #expect(!lines.contains { $0.contains("\u{1B}") })
    #expect(record.value("tokens") == .count(3))
  }
}
