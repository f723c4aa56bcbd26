import Diagnostics

extension Directive {
  /// Takes a directive out of its fence; nil where its name is wrong.
  init?(
    _ directive: DirectiveFence, regions: [OutputRegion.Kind: OutputRegion], in source: SourceText
  ) {
    guard let name = directive.name else { return nil }
    let lines = directive.lines
    let body = BodyLines(of: directive, in: source)
    let end = source.lineRange(lines.upperBound)
    self.kind = name.kind.text
    self.kindRange = name.kind.range
    self.id = name.id.text
    self.idRange = name.id.range
    self.attributes = directive.attributes.pairs
    self.fenceRange = source.lineRange(lines.lowerBound).lowerBound..<end.upperBound
    self.fenceLines = lines
    self.options = MappedText(body.options, of: source, end: end.lowerBound)
    self.body = MappedText(body.rest, of: source, end: end.lowerBound)
    self.output = regions[.out]
    self.timing = regions[.time]
    self.container = directive.fence.container
  }
}

/// The lines between a directive's fences, its options apart.
private struct BodyLines {
  /// The first lines `#| …`, without `#|` and one space.
  var options: [MappedText.Origin] = []
  /// The lines after them.
  var rest: [MappedText.Origin] = []

  init(of directive: DirectiveFence, in source: SourceText) {
    for line in (directive.lines.lowerBound + 1)..<directive.lines.upperBound {
      let origin = Self.origin(ofLine: line, directive, source)
      if rest.isEmpty, origin.padding == 0, source.starts(origin.range, with: "#|") {
        options.append(Self.withoutMark(origin, source))
      } else {
        rest.append(origin)
      }
    }
  }

  private static func origin(
    ofLine line: Int, _ directive: DirectiveFence, _ source: SourceText
  ) -> MappedText.Origin {
    source.reading(line: line) { cursor in
      _ = cursor.pass(directive.fence.container)
      cursor.skipColumns(directive.fence.indentation)
      return MappedText.Origin(
        range: cursor.offset..<source.lineRange(line).upperBound, padding: cursor.pending)
    }
  }

  private static func withoutMark(
    _ origin: MappedText.Origin, _ source: SourceText
  ) -> MappedText.Origin {
    var start = origin.range.lowerBound + 2
    if start < origin.range.upperBound, isSpace(source.bytes[start]) { start += 1 }
    return MappedText.Origin(range: start..<origin.range.upperBound)
  }
}
