import Records
import TestSupport
import Testing

@testable import Reporting

@Suite("Region bodies")
struct RegionBodyTests {
  private func body(_ record: Record, _ language: Language = .english) -> RegionBody {
    RegionBody(
      record,
      options: RegionOptions(language: language, figureFolder: "../results/tutorial"))
  }

  @Test("Each kind's regions are as recorded", arguments: Samples.identifiers, Language.allCases)
  func goldens(identifier: String, language: Language) throws {
    let record = try #require(Samples.all.first { $0.id == identifier })
    let body = body(record, language)
    let times = body.timing.map { "\n\n<!-- times -->\n\n\($0)" } ?? ""
    expectGolden("\(body.output)\(times)\n", named: "\(record.id).\(language.rawValue).md")
  }

  @Test("Equal records give equal bytes")
  func stable() {
    for (first, second) in zip(Samples.all, Samples.all) {
      #expect(body(first) == body(second))
    }
  }

  @Test("Times change nothing outside the region of times")
  func timesApart() {
    let record = Samples.train()
    var slower = record
    slower.timing?.stepMedian *= 2
    slower.environment?.threads = 1
    #expect(body(slower).output == body(record).output)
    #expect(body(slower).timing != body(record).timing)
    guard case .compare(var comparison) = Samples.comparison().output else { return }
    comparison.rows[0].values[3] = .seconds(9)
    var compared = Samples.comparison()
    compared.output = .compare(comparison)
    #expect(body(compared).output == body(Samples.comparison()).output)
  }

  @Test("A body has no line that ends in a space, and no blank line at either end")
  func clean() {
    for record in Samples.all {
      let lines = body(record).output.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.allSatisfy { !$0.hasSuffix(" ") })
      #expect(lines.first?.isEmpty == false && lines.last?.isEmpty == false)
    }
  }

  @Test("Label and caption stand above, their punctuation escaped")
  func heading() {
    let options = RegionOptions(
      caption: "with <b>every</b>\nblock", label: "GPT*", figureFolder: "f")
    let output = RegionBody(Samples.data(), options: options).output
    #expect(output.hasPrefix(#"**GPT\*** – with \<b\>every\</b\>\\nblock"#))
  }

  @Test("Segments that lower no peak are named, four at most, with the work that they add")
  func uselessSegments() {
    let run = body(Samples.useless()).output
    #expect(
      run.contains("| `block.1` `block.2` `block.3` `block.4` … (5) +12.3 % |"), "\(run)")
    let plan = body(Samples.uselessPolicies()).output
    #expect(plan.contains("| `every: 1` "))
    #expect(plan.contains("`block.4` `block.5` +8.2 %"), "\(plan)")
    #expect(plan.contains("`block.0.mlp` +1.1 %"), "\(plan)")
    #expect(!body(Samples.plan()).output.contains(Phrase.uselessSegments.rawValue))
  }

  @Test("Gradients are certified where every record tells them")
  func certifiedGradients() {
    let output = body(Samples.certificates()).output
    #expect(output.contains("gradients of the last step"))
    #expect(output.contains("equal bits `5ca1ab1e5ca1`"))
    var earlier = Samples.certificates()
    guard case .compare(var comparison) = earlier.output else { return }
    comparison.certificates = comparison.certificates?.suffix(1)
    earlier.output = .compare(comparison)
    #expect(!body(earlier).output.contains("gradients of the last step"))
  }

  @Test("A failure shows no terminal escapes and no folders of this machine")
  func failure() {
    let output = body(Samples.failure()).output
    #expect(output.hasPrefix("> **Error** memory-limit: the plan's peak of 700.00 MiB"))
    #expect(output.contains("> - see notes.txt"))
    #expect(!output.contains("someone") && !output.contains("\u{1B}"))
  }

  @Test("Hostile names stay inside their cells and figures")
  func hostile() {
    for name in TableTests.hostile {
      var record = Samples.train("x\(name)")
      record.metrics[name] = record.metrics["loss"]
      record.memory?.layers.append(.init(layer: name, parameters: 1, kept: 1, recomputed: 1))
      record.memory?.peakOperation = name
      let body = body(record)
      #expect(!body.output.utf8.contains("\n<!--".utf8))
      let hasCode = name.utf8.contains(UInt8(ascii: "`"))
      #expect(hasCode || !hasForeignTag(body.output), "\(name.debugDescription)")
      for figure in body.figures {
        #expect(XMLReader(figure.contents).problems.isEmpty, "\(name.debugDescription)")
        #expect(!figure.name.contains("/"))
      }
    }
  }

  /// Whether a bracket stands outside code that is not escaped and not of a folded table.
  private func hasForeignTag(_ markdown: String) -> Bool {
    let parts = markdown.utf8.split(separator: UInt8(ascii: "`"), omittingEmptySubsequences: false)
    let text = parts.enumerated().filter { $0.offset.isMultiple(of: 2) }.flatMap { $0.element }
    let own = [#"\<"#, "<details>", "</details>", "<summary>", "</summary>"]
    return own.reduce(text) { $0.replacing($1.utf8, with: []) }.contains(UInt8(ascii: "<"))
  }

  @Test("Every phrase has its Japanese text, and no two rows share one")
  func phrases() {
    for phrase in Phrase.allCases {
      #expect(Phrase.japanese[phrase] != nil, "\(phrase)")
    }
  }

  @Test("A written region gives back its values", arguments: Language.allCases)
  func readBack(language: Language) {
    let record = Samples.train()
    let body = body(record, language)
    let read = RegionValues.parse(body.output + "\n\n" + (body.timing ?? ""))
    let values = Dictionary(uniqueKeysWithValues: read.map { ($0.name, $0.value) })
    for (name, value) in record.values {
      switch value {
      case .bytes, .count:
        let isDerived = name == "memory.peak"
        #expect(isDerived || values[name] == value, "\(name)")
      case .number(let number):
        guard !name.hasSuffix(".min") else { continue }
        #expect(abs((values[name]?.number ?? .nan) - number) <= 0.0005, "\(name)")
      case .seconds(let seconds):
        #expect(abs((values[name]?.number ?? .nan) - seconds) <= 0.0005, "\(name)")
      case .text(let text):
        #expect(values[name] == .text(String(text.prefix(16))), "\(name)")
      }
    }
  }

  @Test("Numbers that somebody wrote into a region, and that no size can be, are no values")
  func strangeSizes() {
    let text = body(Samples.plan(), .english).output
    for number in ["Inf", "NaN", "1e30", "-1e30"] {
      let changed = text.replacing("700.00", with: number)
      #expect(changed != text)
      #expect(RegionValues.parse(changed).count < 18, "\(number)")
    }
  }

  @Test("Plans, data and models can be read back too", arguments: Language.allCases)
  func readOthersBack(language: Language) {
    let plan = RegionValues.parse(body(Samples.plan(), language).output)
    #expect(plan.count == 18)
    #expect(plan.first?.name == "none.memory.peak")
    #expect(plan.first?.value == .bytes(700 << 20))
    let data = RegionValues.parse(body(Samples.data(), language).output).map(\.name)
    #expect(data == ["vocab_size", "train.tokens", "validation.tokens", "digest.tokens"])
    let images = RegionValues.parse(body(Samples.images(), language).output)
    #expect(
      images.map(\.name) == ["vocab_size", "train.examples", "test.examples", "digest.examples"])
    #expect(images.first?.value == .count(10))
  }
}
