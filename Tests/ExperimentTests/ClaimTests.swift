import Testing

@testable import Experiment

@Suite("Claims")
struct ClaimTests {
  private func claim(_ text: String) -> Claim? {
    var parser = ClaimParser(text)
    return parser.parse()
  }

  private func sql(_ text: String) -> String? { claim(text)?.sql }

  @Test(
    "Operators bind as in arithmetic: NOT before AND before OR, products before sums",
    arguments: [
      ("a.x < 1 OR b.x < 2 AND NOT c.x < 3", "((? < 1) OR ((? < 2) AND (NOT (? < 3))))"),
      ("a.x + 2 * b.x < 3", "((? + (2 * ?)) < 3)"),
      ("(a.x + 2) * b.x < 3", "(((? + 2) * ?) < 3)"),
      ("-a.x - b.x < -3", "(((- ?) - ?) < (- 3))"),
      ("abs(a.x - b.x) <= max(a.x, b.x, 1)", "(abs((? - ?)) <= max(?, ?, 1))"),
      ("a.x != 1 and a.x <> 2 and a.x == 3", "(((? <> 1) AND (? <> 2)) AND (? = 3))"),
    ])
  func precedence(claim: String, expected: String) {
    #expect(sql(claim) == expected)
  }

  @Test("A ratio of whole numbers is a real number")
  func ratio() {
    #expect(sql("a.x / b.x < 0.6") == "((CAST(? AS REAL) / ?) < 0.6)")
  }

  @Test(
    "Units multiply: bytes stay whole numbers",
    arguments: [
      ("900 MiB", "943718400"), ("2GB", "2000000000"), ("1.5 KiB", "1536.0"), ("20 ms", "0.02"),
      ("3 s", "3"), ("2 min", "120"), ("5", "5"), ("1e3", "1000.0"),
    ])
  func units(text: String, expected: String) {
    #expect(sql("a.x < \(text)") == "(? < \(expected))")
  }

  @Test(
    "Sizes, times and plain numbers are not compared or added, as far as names and units tell",
    arguments: [
      "a.timing.step_median < 5 MiB", "a.memory.peak <= b.timing.total", "a.loss.last < 3 s",
      "a.memory.peak + 3 s < 1", "max(a.memory.peak, b.timing.total) < 1",
      "a.memory.peak / b.memory.peak < 2 MiB", "2 * p[every=2].memory.peak < 1 min",
      "-a.steps = a.memory.peak", "a.activation_bytes = 0.5 s",
    ])
  func unitsDiffer(text: String) {
    var parser = ClaimParser(text)
    #expect(parser.parse() == nil)
    guard case .unitsDiffer = parser.fault?.fault else {
      Issue.record("\(String(describing: parser.fault))")
      return
    }
  }

  @Test(
    "What may be of one unit is not refused",
    arguments: [
      "a.memory.peak < 900", "a.timing.total < 3", "a.memory.parameters = 4 * m.parameters",
      "a.memory.peak / m.parameters < 16", "a.memory.peak < 0.5 * b.memory.peak + 3 MiB",
      "m.flops / a.timing.forward > 1e9", "a.memory.peak / b.memory.peak < 0.6",
      "q.anything < 3 MiB", "abs(a.timing.total - b.timing.total) < 20 ms",
      "m.parameters * 4 <= 1 GiB", "smallest.smallest.memory.peak < 1 GiB",
      "min(a.memory.peak, 3 MiB, 7) > 1 KiB",
    ])
  func unitsAgree(text: String) {
    #expect(sql(text) != nil)
  }

  @Test("A hyphen belongs to an identifier, a minus follows a value or stands between spaces")
  func hyphens() throws {
    let found = try #require(claim("gpt-sqrt.loss.last-gpt-none.loss.last < 1"))
    #expect(found.references.map(\.cell) == ["gpt-sqrt", "gpt-none"])
    #expect(found.references.map(\.path) == ["loss.last", "loss.last"])
    #expect(found.sql == "((? - ?) < 1)")
  }

  @Test(
    "A plan's row is named in brackets",
    arguments: ["p[every=2].memory.peak", "p[every: 2].memory.peak", "p[ every:2 ].memory.peak"])
  func rows(text: String) {
    let reference = ValueReference(parsing: text)
    #expect(reference?.cell == "p" && reference?.path == "every: 2.memory.peak")
  }

  @Test("Text of a claim never reaches the SQL")
  func noText() {
    for text in ["a.x = 'x'", "a.x < 1 --", "a.x < 1; SELECT 1", "a.\"x\" < 1", "a.x < ?"] {
      #expect(sql(text) == nil, "\(text)")
    }
  }

  @Test("Claims of any length and depth end in a claim or a fault")
  func depth() {
    #expect(sql(String(repeating: "(", count: 100_000)) == nil)
    #expect(sql(String(repeating: "NOT ", count: 100_000) + "a.x < 1") == nil)
    #expect(sql(String(repeating: "-", count: 100_000) + "a.x < 1") == nil)
    #expect(sql("a.x < 1" + String(repeating: " + 1", count: 100_000)) == nil)
    #expect(sql("") == nil)
  }
}
