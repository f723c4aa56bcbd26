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
