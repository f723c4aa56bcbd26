import Diagnostics
import Experiment
import TestSupport
import Testing

@Suite("Hostile notebooks end in diagnostics, never in a trap")
struct HostileTests {
  @Test("A billion laughs are refused")
  func billionLaughs() {
    var body = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for (letter, next) in zip("abcdefghijklm", "bcdefghijklmn") {
      let aliases = Array(repeating: "*\(letter)", count: 9).joined(separator: ", ")
      body += "\(next): &\(next) [\(aliases)]\n"
    }
    let result = planning(directive("train", "t", body))
    #expect(result.diagnostics.map(\.code) == ["yaml-alias"])
  }

  @Test("Few aliases are refused where they stand")
  func fewAliases() {
    let result = planning(directive("train", "t", "steps: &a 3\nbatch: *a"))
    #expect(result.diagnostics.contains { $0.code == "yaml-alias" })
    #expect(result.plan == nil)
  }

  @Test("Deep nesting is refused", arguments: [100, 900, 2000, 100_000])
  func nesting(depth: Int) {
    let open = String(repeating: "[", count: depth)
    let close = String(repeating: "]", count: depth)
    let result = planning(directive("train", "t", "steps: \(open)\(close)"))
    #expect(result.plan == nil)
    let mappings = String(repeating: "{a: ", count: depth)
    #expect(planning(directive("train", "t", "steps: \(mappings)")).plan == nil)
  }

  @Test("Deep indentation is refused", arguments: [100, 1200])
  func indentation(depth: Int) {
    let lines = (0..<depth).map { String(repeating: " ", count: $0) + "a:" }
    #expect(planning(directive("train", "t", lines.joined(separator: "\n"))).plan == nil)
  }

  @Test("Deep layer lists are refused")
  func layerNesting() {
    let open = String(repeating: "[residual: ", count: 60)
    let close = String(repeating: "]", count: 60)
    #expect(planning(layers("  \(open)[relu]\(close)")).plan == nil)
  }

  @Test(
    "Huge numbers are out of range",
    arguments: ["1e400", "-1e400", "9223372036854775807", "-9223372036854775808", ".inf", "1e18"])
  func hugeNumbers(number: String) {
    for key in ["steps", "batch", "accumulate", "log_every", "seed", "clip_norm"] {
      let lines = ["steps: 3", "batch: 2"].filter { !$0.hasPrefix(key) } + ["\(key): \(number)"]
      let body = "model: gpt\ndata: corpus\n" + lines.joined(separator: "\n")
      let result = planning(small + directive("train", "t", body))
      let isNorm = key == "clip_norm" && Double(number).map { $0 > 0 && $0.isFinite } == true
      #expect((result.plan != nil) == isNorm, "\(key): \(number)")
    }
  }

  @Test("Huge models are refused without being built")
  func hugeModels() {
    let bodies = [
      "  - linear: 268435456\n  - linear: 268435456",
      "  - repeat: {times: 10000, layers: [repeat: {times: 10000, layers: [relu]}]}",
    ]
    for body in bodies { #expect(planning(layers(body)).plan == nil, "\(body)") }
  }

  @Test("Private-use and control characters are reported")
  func characters() {
    for scalar in ["\u{10F000}", "\u{10F100}", "\u{0}", "\u{7}", "\u{FEFF}", "\u{2028}"] {
      let result = planning(small + directive("model", "m", "preset: g\(scalar)pt2"))
      #expect(result.plan == nil)
    }
  }

  @Test("Random bytes in bodies end in diagnostics")
  func randomBodies() {
    let pieces = [
      "a", ":", " ", "\n", "- ", "[", "]", "{", "}", "\"", "'", "&a ", "*a", "!t ", "|", ">", "#",
      "${x}", "$${", "${", "\t", "%", "@", "?", "steps", "model: gpt", "0", "1e9", "é", "日本",
    ]
    for seed in fuzzCases(400) {
      var random = RepeatableGenerator(seed: seed)
      let length = Int.random(in: 0...30, using: &random)
      let body = (0..<length).map { _ in random.pick(pieces) }.joined()
      let kind = random.pick(["data", "model", "plan", "train", "compare", "expect"])
      let result = planning(front("params: {x: 3}", directive(kind, "t", body)))
      #expect(result.plan != nil || !result.diagnostics.isEmpty, "seed \(seed)")
    }
  }

  @Test("Random edits of a right notebook end in a plan or diagnostics")
  func randomEdits() {
    let characters = Array(small)
    for seed in fuzzCases(300) {
      var random = RepeatableGenerator(seed: seed)
      var text = characters
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let index = Int.random(in: text.indices, using: &random)
        if random.oneIn(2) { text.remove(at: index) } else { text[index] = random.pick(characters) }
      }
      let result = planning(String(text))
      let hasErrors = result.diagnostics.contains { $0.severity == .error }
      #expect((result.plan == nil) == hasErrors, "seed \(seed)")
    }
  }
}
