public import Diagnostics

extension Notebook {
  /// Reads a notebook; every problem becomes a diagnostic.
  ///
  /// - Complexity: linear in the number of bytes, apart from container depth, which is bounded.
  public init(parsing source: SourceText) {
    var findings = Findings()
    if let (offset, byte) = source.firstInvalidByte {
      findings.add(.invalidUTF8(byte: byte), at: offset..<(offset + 1))
    }
    let frontMatter = FrontMatter(of: source, findings: &findings)
    let start = frontMatter?.range.upperBound ?? source.byteOrderMarkLength
    var parts = NotebookParts(source, from: start, line: (frontMatter?.lastLine ?? 0) + 1)
    parts.read(findings: &findings)
    self.init(
      source: source, frontMatter: frontMatter, directives: parts.directives,
      regions: parts.regions, spans: parts.spans, diagnostics: findings.diagnostics(in: source))
  }
}

/// What is found behind the front matter.
private struct NotebookParts {
  var directives: [Directive] = []
  var regions: [OutputRegion] = []
  var spans: [ValueSpan] = []

  private let source: SourceText
  private let start: Int
  private let line: Int

  /// Takes the Markdown text that begins at an offset, on a line.
  init(_ source: SourceText, from start: Int, line: Int) {
    self.source = source
    self.start = start
    self.line = line
  }

  mutating func read(findings: inout Findings) {
    let mentions = source.linesMentioningNbrun(from: start)
    // Without the word there is neither directive nor region: most Markdown files.
    guard !mentions.isEmpty || source.mentionsClass(from: start) else { return }
    if let line = Nesting.firstTooDeepLine(source, from: start) {
      findings.add(.nestedTooDeep(limit: Nesting.limit), at: source.lineRange(line))
      return
    }
    let map = BlockMap(of: source, from: start, line: line)
    let prose = mentions.filter { !map.isCode(line: $0) }
    let markers = prose.compactMap { RegionMarker(line: $0, in: source, findings: &findings) }
    let pairing = RegionPairing(markers, in: source, findings: &findings)
    readDirectives(map, pairing.pairs, findings: &findings)
    readSpans(prose, map, outside: pairing.pairs, findings: &findings)
  }

  private mutating func readDirectives(
    _ map: BlockMap, _ pairs: [RegionPairing.Pair], findings: inout Findings
  ) {
    var reader = DirectiveReader(source)
    var inside = LineMembership(pairs.map(\.lines))
    let fences = map.fences.filter { !inside.contains($0.lines.lowerBound) }
    let directives = fences.compactMap { reader.read($0, findings: &findings) }
    let attachment = RegionAttachment(pairs, to: directives, in: source, findings: &findings)
    for (index, directive) in directives.enumerated() {
      let own = attachment.regions[index] ?? [:]
      guard let complete = Directive(directive, regions: own, in: source) else { continue }
      self.directives.append(complete)
      regions += own.values.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }
  }

  private mutating func readSpans(
    _ lines: [Int], _ map: BlockMap, outside pairs: [RegionPairing.Pair],
    findings: inout Findings
  ) {
    var reader = ValueReader(source, map)
    var inside = LineMembership(pairs.map(\.lines))
    for line in lines where !inside.contains(line) { reader.read(line: line, findings: &findings) }
    spans = reader.spans
  }
}

/// Tells whether lines, asked for in ascending order, are in ascending ranges.
private struct LineMembership {
  private var ranges: ArraySlice<ClosedRange<Int>>

  init(_ ranges: [ClosedRange<Int>]) { self.ranges = ranges[...] }

  mutating func contains(_ line: Int) -> Bool {
    while let first = ranges.first, first.upperBound < line { _ = ranges.popFirst() }
    return ranges.first?.contains(line) ?? false
  }
}
