import Diagnostics
public import Records

/// What is written under a directive: Markdown of the two regions, and the figures it shows.
///
/// A pure function of the record and the options: equal ones give equal bytes. Sizes, counts,
/// digests and numbers are in ``output``; whatever a second run may measure differently is in
/// ``timing``.
public struct RegionBody: Sendable, Equatable {
  /// The body of the `nbrun:out` region, without a line ending at its end.
  public let output: String
  /// The body of the `nbrun:time` region; nil where the cell has no times.
  public let timing: String?
  /// The files that the output refers to, to be written into the figure folder.
  public let figures: [Figure]

  /// Builds the regions of a record.
  public init(_ record: Record, options: RegionOptions) {
    var page = Page(options: options)
    page.addHeading()
    var times = Page(options: options)
    if let failure = record.failure {
      page.add(failure: failure)
    }
    page.add(record, times: &times)
    output = page.text
    timing = times.parts.isEmpty ? nil : times.text
    figures = page.figures + times.figures
  }
}

/// Markdown blocks in the making, with a blank line between each two.
struct Page {
  let options: RegionOptions
  private(set) var parts: [String] = []
  private(set) var figures: [Figure] = []

  init(options: RegionOptions) { self.options = options }

  var language: Language { options.language }
  var text: String { parts.joined(separator: "\n\n") }

  /// A phrase in the page's language.
  func word(_ phrase: Phrase) -> String { phrase.text(in: language) }

  mutating func add(_ block: String) { parts.append(block) }

  mutating func add(_ table: Table) {
    if !table.rows.isEmpty { parts.append(table.markdown) }
  }

  /// A table that is folded until a reader asks for it.
  mutating func add(folded phrase: Phrase, _ table: Table) {
    guard !table.rows.isEmpty else { return }
    parts += ["<details>\n<summary>\(word(phrase))</summary>", table.markdown, "</details>"]
  }

  /// A figure with a description for those who don't see it.
  mutating func add(_ figure: Figure?, description: String) {
    guard let figure else { return }
    figures.append(figure)
    let path = percentEncoded("\(options.figureFolder)/\(figure.name)")
    parts.append("![\(MarkdownText.prose(description))](\(path))")
  }

  mutating func addHeading() {
    let label = MarkdownText.prose(String((options.label ?? "").drop { $0 == " " }))
    let caption = options.caption ?? ""
    if label.isEmpty {
      let line = MarkdownText.line(caption)
      if !line.isEmpty { parts.append(line) }
    } else {
      parts.append("**\(label)**" + (caption.isEmpty ? "" : " – \(MarkdownText.prose(caption))"))
    }
  }
}

extension Page {
  /// Adds what the record's kind shows.
  fileprivate mutating func add(_ record: Record, times: inout Page) {
    switch record.output {
    case .none: break
    case .data(let data): add(data)
    case .model(let model): add(model)
    case .plan(let plan): add(plan, of: record)
    case .train(let train): add(train, of: record)
    case .eval(let evaluation): add(evaluation, of: record)
    case .generate(let generation): add(generation, of: record)
    case .compare(let comparison): add(comparison, of: record, times: &times)
    case .expect(let claims): add(claims, times: &times)
    case .query(let query): add(query, times: &times)
    case .sweep(let sweep): add(sweep, times: &times)
    case .plot(let plot): add(plot, of: record, times: &times)
    }
    if let timing = record.timing { times.add(timing, environment: record.environment) }
  }
}
