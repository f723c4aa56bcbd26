import Foundation
import Publishing
import Records
import Reporting
import TestSupport
import Testing

@Suite("Figures on a page")
struct FigureTests {
  private static let record: Record = {
    var record = Record(id: "run", kind: .train, status: .ok, key: "", output: .none)
    record.metrics["loss"] = MetricSeries(points: [
      MetricSeries.Point(step: 1, value: 3), MetricSeries.Point(step: 2, value: 2),
    ])
    let phases: [MemoryRecord.Phase] = [.forward, .backward, .optimizer]
    record.memory = MemoryRecord(
      plannedPeak: 700, reserved: 800, parameters: 100, gradients: 100, optimizer: 0,
      activations: 400, workspace: 100, inputs: 0, kept: 0, peakOperation: "", largest: [],
      layers: [],
      timeline: phases.enumerated().map { index, phase in
        MemoryRecord.TimelinePoint(
          phase: phase, persistent: 100, gradients: index * 50, activations: 200, workspace: 10)
      })
    return record
  }()

  private func main(_ figure: PageFigure?, bytes: String? = nil, name: String? = nil) -> String {
    let text = "![alt <b>](../results/a/\(name ?? figure?.name ?? "x.svg"))\n"
    return Samples.main(
      text, figures: [figure].compactMap(\.self),
      PageSurroundings(image: { _ in bytes.map { .file(Array($0.utf8)) } ?? .missing }))
  }

  @Test("A figure whose record is known carries its numbers and can be explored")
  func live() throws {
    let lifetimes = StepLifetimes(
      operations: ["forward a", "backward a", "optimizer a"],
      tensors: [.init(name: "</script><script>alert(1)", bytes: 4, positions: 0...1)])
    let drawing = try #require(Figure.timeline(of: Self.record)).contents
    let figure = try #require(
      PageFigure.timeline(of: Self.record, lifetimes: lifetimes, language: .english))
    let main = main(figure, bytes: drawing)
    #expect(main.contains("<figure class=\"plot live\""))
    #expect(main.contains("\"areas\":[[100,100,100],[0,50,100],[200,200,200],[10,10,10]]"))
    #expect(main.contains("\\u003c/script>"))
    let markup = Markup(main)
    #expect(markup.problems.isEmpty)
    #expect(markup.dangers.isEmpty)
    let loss = try #require(PageFigure.loss(of: Self.record, language: .japanese))
    let losses = try #require(Figure.loss(of: Self.record, language: .japanese)).contents
    #expect(self.main(loss, bytes: losses).contains("\"points\":[[1,3],[2,2]]"))
  }

  @Test("A drawing of another record stays still, whatever its name says")
  func still() throws {
    let figure = try #require(PageFigure.loss(of: Self.record, language: .english))
    let other = try #require(Figure.timeline(of: Self.record)).contents
    let main = main(figure, bytes: other)
    #expect(main.contains("<figure class=\"plot\""))
    #expect(!main.contains("application/json"))
  }

  @Test("All figures of nbrun's are drawings in the page, without their style sheets")
  func inlined() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../results").standardizedFileURL
    let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    let figures = (files ?? []).filter { $0.hasSuffix(".svg") }
    #expect(figures.count > 10)
    for name in figures {
      let text = String(
        decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
      let main = main(nil, bytes: text)
      #expect(main.contains("<svg xmlns="), "\(name)")
      #expect(!main.contains("<style"))
    }
  }

  @Test(
    "A foreign drawing never becomes a part of the page",
    arguments: [
      "<script>alert(1)</script>", "<rect class=\"a\" onload=\"x()\"/>",
      "<rect class=\"a\" x=\"1\"/><script>x</script>", "<text x=\"1\">a<b>c</b></text>",
      "<a href=\"https://x.example\"><text x=\"1\">a</text></a>",
      "<rect class=\"url(https://x.example)\" x=\"1\"/>", "<use href=\"#x\"/>", "<!-- -->",
      "<text x=\"1\">a\u{D4E}<script>alert(1)</script></text>",
      "<text x=\"1\">a<\u{301}b</text>", "\u{D4E}<rect class=\"a\" x=\"1\"/>",
      "<rect class=\"a\"\u{301} onload=x y=\" x=\"1\"/>",
    ])
  func foreign(element: String) throws {
    let drawing = try #require(Figure.loss(of: Self.record)).contents
    #expect(main(nil, bytes: drawing).contains("<svg xmlns="))
    let lines = drawing.replacingOccurrences(of: "</svg>", with: "\(element)\n</svg>")
    let main = main(nil, bytes: lines)
    #expect(!main.contains("<svg"))
    let isImage = main.contains("<img alt=\"alt &lt;b&gt;\" src=\"data:image/svg+xml;base64,")
    #expect(isImage)
    #expect(Markup(main).dangers.isEmpty)
  }

  @Test(
    "A drawing whose description ends early never becomes a part of the page",
    arguments: ["\"\u{301} onload=alert(1) ", "a>\u{301}", "\u{D4E}<b"])
  func foreignDescription(text: String) throws {
    let drawing = try #require(Figure.loss(of: Self.record)).contents
    let start = try #require(drawing.range(of: "aria-label=\"")?.upperBound)
    let end = try #require(drawing.range(of: "\">\n")?.lowerBound)
    let main = main(nil, bytes: drawing[..<start] + text + drawing[end...])
    #expect(!main.contains("<svg"))
    #expect(Markup(main).problems.isEmpty)
    #expect(Markup(main).dangers.isEmpty)
  }

  @Test(
    "Names of tensors can't end the numbers of a figure", arguments: HostileText.joined)
  func names(name: String) throws {
    let lifetimes = StepLifetimes(
      operations: [name, name, name], tensors: [.init(name: name, bytes: 4, positions: 0...1)])
    let drawing = try #require(Figure.timeline(of: Self.record)).contents
    let figure = try #require(
      PageFigure.timeline(of: Self.record, lifetimes: lifetimes, language: .english))
    let main = main(figure, bytes: drawing)
    let start = try #require(main.range(of: "application/json\">")?.upperBound)
    let end = try #require(main.range(of: "</script>\n</figure>")?.lowerBound)
    #expect(!main[start..<end].unicodeScalars.contains("<"))
  }

  @Test("An image that is not there is said to be missing, a remote one becomes a link")
  func images() {
    #expect(main(nil).contains("image not found: alt &lt;b&gt;"))
    let remote = Samples.main(
      "![a](https://x.example/a.png)\n", PageSurroundings(image: { _ in .remote }))
    #expect(remote.contains("<a rel=\"noreferrer\" href=\"https://x.example/a.png\">a</a>"))
    #expect(!remote.contains("<img"))
    let text = main(nil, bytes: "no image")
    #expect(text.contains("image not found"))
  }
}
