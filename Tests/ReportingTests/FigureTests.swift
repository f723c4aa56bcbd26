import Records
import TestSupport
import Testing

@testable import Reporting

@Suite("Figures")
struct FigureTests {
  static let figures: [(String, Figure?)] = [
    ("loss", .loss(of: Samples.train())), ("timeline", .timeline(of: Samples.train())),
    ("frontier", .frontier(of: Samples.plan())), ("compared", compared),
    ("timeline-ja", .timeline(of: Samples.train(), language: .japanese)),
  ]

  private static var compared: Figure? {
    guard case .compare(let comparison) = Samples.comparison().output else { return nil }
    return .memory(comparing: comparison, of: Samples.comparison())
  }

  @Test("Each figure is as recorded")
  func goldens() throws {
    for (name, figure) in Self.figures {
      expectGolden(try #require(figure).contents, named: "\(name).svg")
    }
  }

  @Test("A figure is named after its cell and the digest of its bytes")
  func names() throws {
    let figure = try #require(Figure.loss(of: Samples.train("gpt[batch=2]")))
    #expect(figure.name.hasPrefix("gpt-batch-2--"))
    #expect(figure.name.count == "gpt-batch-2--01234567.svg".count)
    let other = try #require(Figure.loss(of: Samples.train()))
    #expect(other.name != figure.name)
  }

  @Test("Figures need something finite to draw")
  func nothing() {
    var record = Samples.train()
    record.metrics = ["loss": MetricSeries(points: [.init(step: 1, value: .nan)])]
    record.memory?.timeline = []
    #expect(Figure.loss(of: record) == nil)
    #expect(Figure.timeline(of: record) == nil)
    #expect(Figure.frontier(of: record) == nil)
  }

  @Test("A diverging loss leaves a gap and no bad coordinate")
  func gap() throws {
    var record = Samples.train()
    record.metrics["loss"]?.points[30].value = .nan
    record.metrics["loss"]?.points[31].value = .infinity
    let contents = try #require(Figure.loss(of: record)).contents
    #expect(!contents.contains("nan") && !contents.contains("inf"))
  }

  @Test("A timeline of any length keeps its peak and stays small")
  func longTimeline() throws {
    var record = Samples.train()
    record.memory?.timeline = (0..<50_000).map {
      .init(
        phase: .forward, persistent: 1 << 20, gradients: 0,
        activations: $0 == 31_337 ? 900 << 20 : ($0 % 1000) << 10, workspace: 0)
    }
    let contents = try #require(Figure.timeline(of: record)).contents
    #expect(contents.contains("901.00 MiB"))
    #expect(contents.utf8.count < 60_000)
  }

  @Test("A loss of any length keeps its lowest, highest and last value, its gaps, and stays small")
  func longLoss() throws {
    func drawn(_ values: [Double]) throws -> String {
      var record = Samples.train()
      record.metrics = [
        "loss": MetricSeries(
          points: values.enumerated().map { .init(step: $0 + 1, value: $1) })
      ]
      return try #require(Figure.loss(of: record)).contents
    }
    var values = (0..<100_000).map { 4 + Double($0 % 7) / 10 }
    (values[31_337], values[77_777], values[99_999]) = (9, 1, 2)
    let whole = try drawn(values)
    #expect(whole.utf8.count < 60_000)
    #expect(whole.matches(of: /M[0-9]/).count == 1)
    let heights = whole.matches(of: /[ML][0-9.]+ ([0-9.]+)/).compactMap { Double($0.1) }
    let (top, bottom) = (try #require(heights.min()), try #require(heights.max()))
    // The frame's margin is as much as six hundredths of the range at either end.
    #expect(abs((284 - bottom) - (top - 58)) < 0.1 && bottom - top > 200)
    #expect(heights.last.map { $0 > bottom - 30 && $0 < bottom } == true)
    for gap in 50_000..<52_000 { values[gap] = .nan }
    #expect(try drawn(values).matches(of: /M[0-9]/).count == 2)
    #expect(try drawn(values.enumerated().map { $0 % 2 == 0 ? $1 : .nan }).utf8.count < 60_000)
  }

  @Test("A loss that has no more points than pixels show is drawn point by point")
  func shortLoss() throws {
    var record = Samples.train()
    record.metrics = [
      "loss": MetricSeries(points: (1...1440).map { .init(step: $0, value: Double($0 % 50)) })
    ]
    let contents = try #require(Figure.loss(of: record)).contents
    #expect(contents.matches(of: /[ML][0-9.]+ [0-9.]+/).count == 1440)
  }

  @Test("Ticks are round, inside the range and neither few nor many")
  func ticks() {
    let seed = 1120
    var generator = RepeatableGenerator(seed: seed)
    for _ in 0..<500 {
      let low = Double.random(in: -1e6...1e6, using: &generator)
      let span = Double.random(in: 1e-3...1e6, using: &generator)
      let ticks = Ticks(from: low, to: low + span, count: 5)
      let slack = span * 1e-6
      #expect((2...12).contains(ticks.values.count), "seed \(seed): \(low) \(span)")
      #expect(ticks.values.allSatisfy { $0 >= low - slack && $0 <= low + span + slack })
    }
  }
}
