import Records
import TestSupport
import Testing

@testable import Reporting

@Suite("Plots")
struct PlotTests {
  private static func record(_ plot: PlotSummary) -> Record {
    Record(id: "p", kind: .plot, status: .ok, key: Samples.key, output: .plot(plot))
  }

  private static func line(_ name: String, _ values: [Double]) -> PlotSummary.Series {
    .init(name: name, points: values.enumerated().map { .init(x: Double($0 + 1), y: $1) })
  }

  private static let plots: [(String, PlotSummary)] = [
    (
      "line",
      PlotSummary(
        kind: .line, title: "Losses of two policies", x: .init(title: "step"),
        y: .init(title: "loss", isLogarithmic: true),
        series: [
          line("gpt[batch=2]", (1...30).map { 8 / Double($0) + 0.02 }),
          line("gpt[batch=4]", (1...30).map { 6 / Double($0) + 0.004 }),
        ])
    ),
    (
      "bar",
      PlotSummary(
        kind: .bar, title: "Peak memory", x: .init(title: "batch", categories: ["2", "4", "8"]),
        y: .init(title: "peak", format: .bytes),
        series: ["none", "sqrt"].enumerated().map { index, name in
          .init(
            name: name,
            points: [0, 1, 2].map {
              .init(x: Double($0), y: Double((100 << $0) << 20) / Double(index + 1))
            })
        }, size: .init(width: 560, height: 320))
    ),
    (
      "scatter",
      PlotSummary(
        kind: .scatter, title: "Time against memory", x: .init(title: "peak", format: .bytes),
        y: .init(title: "step", format: .seconds),
        series: (0..<10).map { index in
          .init(
            name: "policy \(index)",
            points: [.init(x: Double(index + 1) * 3e7, y: 0.004 / Double(index + 1))])
        })
    ),
    (
      "long-names",
      PlotSummary(
        kind: .bar, title: "Losses",
        x: .init(
          title: "cell",
          categories: (0..<6).map { "gpt[checkpoint=every:\($0),batch=\($0)]" }),
        y: .init(title: "loss"),
        series: [line("loss", []), .init(name: "x", points: [])].map { series in
          .init(name: series.name, points: (0..<6).map { .init(x: Double($0), y: Double($0) - 2) })
        }, hasLegend: false)
    ),
  ]

  @Test("Each kind of plot is as recorded, in its figure and its region")
  func goldens() throws {
    for (name, plot) in Self.plots {
      let record = Self.record(plot)
      expectGolden(try #require(Figure.plot(of: record)).contents, named: "plot-\(name).svg")
      let body = RegionBody(record, options: RegionOptions(figureFolder: "f"))
      expectGolden(body.output + "\n", named: "plot-\(name).md")
      #expect(body.figures.count == 1)
    }
  }

  @Test("A plot of times stands in the region of times with its figure")
  func times() throws {
    var plot = Self.plots[2].1
    plot.isVolatile = true
    let body = RegionBody(Self.record(plot), options: RegionOptions(figureFolder: "f"))
    #expect(body.output == "see times")
    #expect(body.timing?.contains("![") == true)
    #expect(body.figures.count == 1)
  }

  @Test("Whatever values and names a plot has, its coordinates are finite and its text is text")
  func hostile() {
    let values = [
      0, 1, -1, 1e-300, 1e300, Double.leastNonzeroMagnitude, 123_456_789.123,
      .greatestFiniteMagnitude,
    ]
    for kind in PlotSummary.Kind.allCases {
      for isLogarithmic in [false, true] {
        let shown = values.filter { !isLogarithmic || $0 > 0 }
        for first in shown {
          for second in shown {
            let plot = PlotSummary(
              kind: kind, title: "</style><script>alert(1)</script>",
              x: .init(title: "\u{1B}[2J", isLogarithmic: isLogarithmic),
              y: .init(title: "&", isLogarithmic: isLogarithmic),
              series: [
                .init(name: "<b>\"", points: [.init(x: first, y: second)]),
                .init(name: "b", points: [.init(x: second, y: first)]),
              ])
            guard let text = Figure.plot(of: Self.record(plot))?.contents else { continue }
            #expect(!text.contains("nan") && !text.contains("inf"), "\(kind) \(first) \(second)")
            #expect(!text.contains("<script") && !text.contains("<b>") && !text.contains("\u{1B}"))
          }
        }
      }
    }
  }

  @Test("A line of many points keeps its extremes and stays small")
  func longLine() throws {
    let values = (0..<100_000).map { $0 == 31_337 ? 900 : Double($0 % 7) }
    let plot = PlotSummary(
      kind: .line, title: "t", x: .init(title: "step"), y: .init(title: "loss"),
      series: [Self.line("a", values)])
    let figure = try #require(Figure.plot(of: Self.record(plot)))
    #expect(figure.contents.utf8.count < 60_000)
    #expect(figure == Figure.plot(of: Self.record(plot)))
  }
}
