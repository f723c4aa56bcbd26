import Diagnostics

/// Makes the edits of a directive's regions.
struct RegionWriter {
  private let directive: Directive
  private let source: SourceText
  private let lineEnding: String

  /// Writes in the manner of a directive's own lines.
  init(_ directive: Directive, in source: SourceText) {
    self.directive = directive
    self.source = source
    let line = source.fullLineRange(directive.fenceLines.lowerBound)
    let content = source.lineRange(directive.fenceLines.lowerBound)
    self.lineEnding = source.text(in: content.upperBound..<line.upperBound)
  }

  /// The edit that an update asks for; nil where there is nothing to remove.
  func edit(for update: RegionUpdate) -> ByteEdit? {
    guard let body = update.body else { return removal(of: update.kind) }
    let lines = lines(of: update, body: RegionBody.normalized(body))
    guard let region = directive.region(update.kind) else {
      let separator = lineEnding + directive.container.blankPrefix + lineEnding
      let place = placeForNew(update.kind)
      return ByteEdit(range: place..<place, bytes: Array((separator + lines).utf8))
    }
    return ByteEdit(range: region.range.lowerBound..<end(of: region), bytes: Array(lines.utf8))
  }

  /// Takes a region away, with the blank lines between it and what it follows.
  func removal(of kind: OutputRegion.Kind) -> ByteEdit? {
    guard let region = directive.region(kind) else { return nil }
    let others = OutputRegion.Kind.allCases.compactMap { directive.region($0) }
    let above = others.last { $0.range.upperBound <= region.range.lowerBound }
    let start = above.map(end) ?? directive.fenceRange.upperBound
    return ByteEdit(range: start..<end(of: region), bytes: [])
  }

  /// Times come after results.
  private func placeForNew(_ kind: OutputRegion.Kind) -> Int {
    guard kind == .time, let output = directive.output else {
      return directive.fenceRange.upperBound
    }
    return end(of: output)
  }

  /// The end of a region's last line without its line ending.
  private func end(of region: OutputRegion) -> Int {
    source.lineRange(region.lines.upperBound).upperBound
  }

  private func lines(of update: RegionUpdate, body: String) -> String {
    let name = "nbrun:\(update.kind.rawValue) \(update.id)"
    let key = update.key.prefix(8).filter(\.isHexDigit)
    let digests = (key.isEmpty ? "" : " in=\(key)") + " sum=\(OutputRegion.sum(ofBody: body))"
    let inner = body.isEmpty ? [""] : ["", body, ""]
    let text = (["<!-- #region \(name)\(digests) -->"] + inner + ["<!-- #endregion \(name) -->"])
      .joined(separator: "\n")
    let container = directive.container
    let (prefix, blank) = (container.prefix, container.blankPrefix)
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? blank : prefix + $0 }
      .joined(separator: lineEnding)
  }
}
