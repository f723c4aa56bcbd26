import Diagnostics

/// Gives each region to the directive directly above it.
struct RegionAttachment {
  /// The regions of each directive, by its index.
  private(set) var regions: [Int: [OutputRegion.Kind: OutputRegion]] = [:]

  private let source: SourceText
  private let directives: [DirectiveFence]
  /// The index of the last directive above; -1 before the first.
  private var current = -1
  /// The last line of that directive or its last region; nil once something else came between.
  private var lastLine: Int?

  /// Attaches pairs, in document order, to directives, in document order.
  init(
    _ pairs: [RegionPairing.Pair], to directives: [DirectiveFence], in source: SourceText,
    findings: inout Findings
  ) {
    self.source = source
    self.directives = directives
    for pair in pairs { attach(pair, findings: &findings) }
  }

  private mutating func attach(_ pair: RegionPairing.Pair, findings: inout Findings) {
    advance(to: pair.start.line)
    guard let last = lastLine else {
      findings.add(orphan(pair, directive: nil), at: pair.start.range)
      return
    }
    if let between = firstText(after: last, before: pair.start.line) {
      lastLine = nil
      // A marker in between has a finding of its own, and this region is its neighbour.
      guard !isMarker(line: between) else { return }
      findings.add(orphan(pair, directive: nil), at: pair.start.range)
      return
    }
    lastLine = pair.end.line
    let directive = directives[current]
    // A directive without a name has its own finding; whose region this is can't be told.
    guard let name = directive.name else { return }
    guard name.id.text == pair.start.name.id else {
      findings.add(orphan(pair, directive: directive), at: pair.start.range)
      return
    }
    guard let body = body(of: pair, after: last, in: directive.fence.container) else {
      findings.add(
        .misplacedRegion(
          id: name.id.text, lines: pair.lines, directiveLine: directive.lines.lowerBound),
        at: pair.start.range)
      return
    }
    let kind = pair.start.name.kind
    if let first = regions[current]?[kind] {
      findings.add(
        .duplicateRegion(
          id: name.id.text, firstLine: first.lines.lowerBound, lines: pair.lines),
        at: pair.start.range)
    } else {
      regions[current, default: [:]][kind] = region(pair, body: body)
    }
  }

  private mutating func advance(to line: Int) {
    while current + 1 < directives.count, directives[current + 1].lines.upperBound < line {
      current += 1
      lastLine = directives[current].lines.upperBound
    }
  }

  /// The first line between two with more than white space and quote marks.
  private func firstText(after last: Int, before line: Int) -> Int? {
    ((last + 1)..<line).first { number in
      !source.bytes[source.lineRange(number)]
        .allSatisfy { isSpace($0) || $0 == UInt8(ascii: ">") }
    }
  }

  private func isMarker(line: Int) -> Bool {
    RegionMarker.isMarker(source.bytes[RegionMarker.contentRange(ofLine: line, in: source)])
  }

  private func orphan(_ pair: RegionPairing.Pair, directive: DirectiveFence?) -> SyntaxFault {
    .orphanRegion(
      id: pair.start.name.id, lines: pair.lines, directive: directive?.name?.id.text,
      directiveLine: directive?.lines.lowerBound ?? 0)
  }

  /// The body; nil where a line from the directive to the region's end leaves the container.
  private func body(
    of pair: RegionPairing.Pair, after last: Int, in container: ContainerPath
  ) -> String? {
    for line in (last + 1)..<pair.start.line {
      guard source.content(ofLine: line, in: container)?.isEmpty == true else { return nil }
    }
    for marker in [pair.start, pair.end] {
      let content = source.content(ofLine: marker.line, in: container)
      guard content?.lowerBound == marker.range.lowerBound else { return nil }
    }
    return RegionBody.read(lines: (pair.start.line + 1)..<pair.end.line, in: container, of: source)
  }

  private func region(_ pair: RegionPairing.Pair, body: String) -> OutputRegion {
    let first = source.lineRange(pair.start.line).lowerBound
    return OutputRegion(
      kind: pair.start.name.kind, id: pair.start.name.id, key: pair.start.key, sum: pair.start.sum,
      range: first..<source.fullLineRange(pair.end.line).upperBound, lines: pair.lines,
      bodyText: body)
  }
}
