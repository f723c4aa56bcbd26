import Records
import TestSupport
import Testing

@testable import Reporting

@Suite("Diffs of records")
struct RecordDiffTests {
  private func diff(
    _ before: [(String, RecordedValue)], _ after: [(String, RecordedValue)],
    _ bounds: [String: Tolerances.Bound] = [:]
  ) -> RecordDiff {
    func cell(_ values: [(String, RecordedValue)]) -> CellSnapshot {
      CellSnapshot(id: "c", status: "ok", values: values.map { (name: $0.0, value: $0.1) })
    }
    return RecordDiff(
      from: [cell(before)], to: [cell(after)], tolerances: Tolerances(byCell: ["c": bounds]))
  }

  private func verdict(
    _ before: RecordedValue?, _ after: RecordedValue?, _ bound: Tolerances.Bound = .init()
  ) -> RecordDiff.Verdict {
    RecordDiff.Verdict(before, after, bound: bound)
  }

  @Test("Sizes, counts and texts are exact; numbers pass within their bound")
  func verdicts() {
    let wide = Tolerances.Bound(absolute: 1, relative: 1)
    #expect(verdict(.bytes(1), .bytes(1)) == .same)
    #expect(verdict(.bytes(1), .bytes(2), wide) == .changed)
    #expect(verdict(.count(1), .count(2), wide) == .changed)
    #expect(verdict(.text("a"), .text("b"), wide) == .changed)
    #expect(verdict(.number(1), .number(1)) == .same)
    #expect(verdict(.number(1), .number(1.5)) == .changed)
    #expect(verdict(.number(1), .number(1.5), .init(absolute: 0.5)) == .within)
    #expect(verdict(.number(1), .number(1.5), .init(absolute: 0.4)) == .changed)
    #expect(verdict(.number(1.1), .number(1), .init(relative: 0.11)) == .within)
    #expect(verdict(.number(.nan), .number(.nan)) == .same)
    #expect(verdict(.number(.nan), .number(1), wide) == .changed)
    #expect(verdict(.number(1), .number(.nan), wide) == .changed)
    #expect(verdict(.number(.infinity), .number(.infinity)) == .same)
    #expect(verdict(.number(.infinity), .number(1), .init(absolute: 1)) == .changed)
    #expect(verdict(.number(1), .text("1"), wide) == .changed)
    #expect(verdict(.number(1), nil, wide) == .missing)
    #expect(verdict(nil, .number(1), wide) == .new)
  }

  @Test("A vanished value is a difference, a new one is told and is none")
  func vanished() {
    let gone = diff([("loss.last", .number(1))], [])
    #expect(gone.hasDifferences)
    #expect(gone.rows(in: .metrics).map(\.verdict) == [.missing])
    let new = diff([], [("loss.last", .number(1))])
    #expect(!new.hasDifferences)
    #expect(new.rows(in: .metrics).map(\.verdict) == [.new])
    #expect(new.summary == "what both sides have is identical, 1 new")
  }

  @Test("Of a name that occurs twice, as 'kind' does in a plot, the first belongs to the first")
  func repeatedNames() {
    func cell(_ kinds: [String]) -> CellSnapshot {
      CellSnapshot(id: "c", inputs: kinds.map { (name: "kind", value: $0) }, values: [])
    }
    func verdicts(_ before: [String], _ after: [String]) -> [RecordDiff.Verdict] {
      RecordDiff(from: [cell(before)], to: [cell(after)]).rows(in: .inputs).map(\.verdict)
    }
    #expect(verdicts(["plot", "line"], ["plot", "line"]) == [.same, .same])
    #expect(verdicts(["plot", "line"], ["plot", "bar"]) == [.same, .changed])
    #expect(verdicts(["plot", "line"], ["plot"]) == [.same, .missing])
    #expect(verdicts(["plot"], ["plot", "line"]) == [.same, .new])
  }

  @Test("Times never make a difference, and show only when asked for")
  func times() {
    let diff = diff(
      [("timing.total", .seconds(1))], [("timing.total", .seconds(2)), ("timing.x", .seconds(1))])
    #expect(!diff.hasDifferences)
    #expect(!diff.terminalText().contains("timing"))
    #expect(diff.terminalText(options: DiffOptions(showsTimings: true)).contains("timing.total"))
  }

  @Test("A bound for a name holds for what is derived from it, and nowhere else")
  func bounds() {
    let bounds = ["loss": Tolerances.Bound(absolute: 0.1)]
    let values: [(String, RecordedValue)] = [
      ("loss.last", .number(1)), ("validation.loss.last", .number(1)), ("lossy", .number(1)),
    ]
    let moved = values.map { ($0.0, RecordedValue.number(1.05)) }
    #expect(
      diff(values, moved, bounds).rows(in: .metrics).map(\.verdict)
        == [.within, .changed, .changed])
  }

  @Test("A vanished cell is a difference, a renamed one is compared, a new one is told")
  func cells() {
    var renamed = Samples.train("new-name")
    renamed.key = Samples.key
    let old = [CellSnapshot(Samples.train("old-name")), CellSnapshot(Samples.failure())]
    var fresh = Samples.data()
    fresh.key = String(repeating: "ab", count: 32)
    let diff = RecordDiff(from: old, to: [CellSnapshot(renamed), CellSnapshot(fresh)])
    let status = diff.rows(in: .status)
    #expect(status.map(\.cell) == ["old-name → new-name", "corpus", "gpt-big"])
    #expect(status.map(\.verdict) == [.same, .new, .missing])
    #expect(diff.hasDifferences)
  }

  @Test("Equal records have no difference, and only the environment is told")
  func environment() {
    var other = Samples.train()
    other.environment?.kernels = "avx2"
    other.timing?.total = 99
    let diff = RecordDiff(from: [CellSnapshot(Samples.train())], to: [CellSnapshot(other)])
    #expect(!diff.hasDifferences)
    #expect(diff.summary.hasPrefix("results identical (environment differs: kernels avx512"))
  }

  /// A diff with a row of most verdicts in most blocks.
  private var rich: RecordDiff {
    var after = Samples.train()
    after.metrics["loss"]?.points[59].value += 1e-7
    after.metrics["loss"]?.points[0].value += 0.5
    after.metrics["validation.loss"] = nil
    after.memory?.plannedPeak += 4_096
    after.memory?.activations -= 104_857_600
    after.digest["weights"] = String(repeating: "1", count: 64)
    after.timing?.total = 30
    let bound = Tolerances.Bound(absolute: 1e-6)
    var diff = RecordDiff(
      from: [CellSnapshot(Samples.train(), inputs: [("body", "steps: 60"), ("engine", "1")])],
      to: [CellSnapshot(after, inputs: [("body", "steps: 61\nbatch: 8"), ("engine", "1")])],
      tolerances: Tolerances(byCell: ["gpt-sqrt": ["loss.last": bound]]))
    diff.causes = MemoryCause.causes(of: "gpt-sqrt", from: footprint("none"), to: footprint("sqrt"))
    diff.notes = ["a.md: values are read from the <text>"]
    diff.sides = RecordDiff.Sides(before: "HEAD:./a.md", after: "a<b>.md")
    return diff
  }

  private func footprint(_ policy: String) -> MemoryFootprint {
    let kept = policy == "none" ? ["gelu.output", "up.output"] : ["up.output"]
    return MemoryFootprint(
      policy: policy, threads: policy == "none" ? 1 : 2, workspace: policy == "none" ? 10 : 20,
      layers: [.init(layer: "head", parameters: 100, kept: 0, recomputed: 0)],
      tensors: (0..<3).flatMap { block in
        kept.map { .init(name: "block.\(block).\($0)", bytes: 4096) }
      } + [.init(name: "head.input", bytes: policy == "none" ? 7 : 8)])
  }

  @Test("Causes fold over repeated blocks and add up to the difference")
  func causes() {
    let causes = MemoryCause.causes(of: "c", from: footprint("none"), to: footprint("sqrt"))
    #expect(causes.map(\.name) == ["block.*.gelu.output", "head.input", "scratch space"])
    #expect(causes.map(\.count) == [3, 1, 1])
    #expect(causes.map(\.change) == [.dropped, .resized, .workspace])
    #expect(causes.map { $0.after - $0.before } == [-12_288, 1, 10])
    #expect(
      causes.map(\.reason) == ["checkpoint none → sqrt", "checkpoint none → sqrt", "threads 1 → 2"])
    #expect(MemoryCause.causes(of: "c", from: footprint("sqrt"), to: footprint("sqrt")).isEmpty)
  }

  @Test("Values that wait on disk on one side are causes, by tensor and by layer")
  func diskCauses() {
    func footprint(kept: [String], onDisk: [String], byName: Bool) -> MemoryFootprint {
      func sizes(_ names: [String]) -> [MemoryRecord.TensorSize] {
        (0..<3).flatMap { block in names.map { .init(name: "block.\(block).\($0)", bytes: 4096) } }
      }
      return MemoryFootprint(
        policy: onDisk.isEmpty ? "none" : "none, offload: disk",
        layers: (0..<3).map {
          .init(
            layer: "block.\($0)", parameters: 0, kept: 4096 * kept.count, recomputed: 0,
            disk: onDisk.isEmpty ? nil : 4096 * onDisk.count)
        }, tensors: byName ? sizes(kept) : nil, onDisk: byName ? sizes(onDisk) : nil)
    }
    for byName in [true, false] {
      let held = footprint(kept: ["gelu.output", "up.output"], onDisk: [], byName: byName)
      let moved = footprint(
        kept: ["up.output"], onDisk: ["gelu.output", "norm.output"], byName: byName)
      let there = MemoryCause.causes(of: "c", from: held, to: moved)
      let back = MemoryCause.causes(of: "c", from: moved, to: held)
      let names = byName ? ["block.*.gelu.output", "block.*.norm.output"] : ["block.*"]
      #expect(there.map(\.name) == names && back.map(\.name) == names)
      #expect(there.map(\.change) == (byName ? [.movedToDisk, .keptOnDisk] : [.movedToDisk]))
      #expect(
        back.map(\.change) == (byName ? [.movedFromDisk, .droppedFromDisk] : [.movedFromDisk]))
      #expect(there[0].after - there[0].before == -3 * 4096)
      #expect(there.allSatisfy { $0.count == 3 && $0.reason.hasSuffix("offload: disk") })
    }
  }

  @Test("Of cells without a partner the most alike belong together, and other kinds never do")
  func likeness() {
    func cell(_ id: String, _ inputs: [(name: String, value: String)]) -> CellSnapshot {
      CellSnapshot(id: id, inputs: inputs, values: [])
    }
    func train(_ lr: String, _ seed: String) -> [(name: String, value: String)] {
      [
        ("kind", "train"), ("steps", "5"), ("batch", "8"), ("optimizer", "adamw"),
        ("optimizer.lr", lr), ("seed", seed),
      ]
    }
    let before = [cell("a", train("1", "1")), cell("b", train("2", "2"))]
    let after = [
      cell("x", train("2", "1")), cell("y", train("1", "1")),
      cell("z", [("kind", "plan"), ("steps", "5"), ("batch", "8")]),
    ]
    let pairs = CellPair.matching(before, after)
    #expect(pairs.map { $0.before?.id } == ["b", "a", nil])
  }

  @Test("A diff prints as recorded: terminal, Markdown, HTML, JSON")
  func goldens() throws {
    expectGolden(rich.terminalText(options: DiffOptions(showsTimings: true)), named: "diff.txt")
    expectGolden(rich.terminalText(options: DiffOptions(usesColor: true)), named: "diff-color.txt")
    expectGolden(rich.markdown(), named: "diff.md")
    expectGolden(rich.html(), named: "diff.html")
    expectGolden(try rich.json(), named: "diff.json")
  }

  @Test("Whatever runs and values are called, the page of a diff is whole markup around them")
  func hostileNames() throws {
    for name in TableTests.hostile {
      var diff = diff([(name, .text(name))], [(name, .text("x"))])
      diff.sides = RecordDiff.Sides(before: name, after: name)
      let page = Array(diff.html().unicodeScalars)
      let start = try #require(page.firstRange(of: Array("<main>".unicodeScalars))?.lowerBound)
      let end = try #require(page.firstRange(of: Array("</main>".unicodeScalars))?.upperBound)
      var main = String.UnicodeScalarView()
      main += page[start..<end]
      #expect(XMLReader(String(main)).problems.isEmpty, "\(name.debugDescription)")
      #expect(!String(main).utf8.contains("<script".utf8), "\(name.debugDescription)")
    }
  }

  @Test("Values that print alike but differ are printed in full")
  func precision() {
    let diff = diff(
      [("a", .number(1)), ("b", .bytes(1 << 30))],
      [
        ("a", .number(1.000000001)), ("b", .bytes((1 << 30) + 1)),
      ])
    let text = diff.terminalText()
    #expect(text.contains("1.000000001"))
    #expect(text.contains("+1 B"))
  }
}
