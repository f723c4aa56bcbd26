import Diagnostics

/// Pairs the markers of regions; what does not pair is a finding that names both lines.
struct RegionPairing {
  /// A region's two markers.
  struct Pair {
    var start: RegionMarker
    var end: RegionMarker

    /// The lines of the markers and what is between.
    var lines: ClosedRange<Int> { start.line...end.line }
  }

  /// The pairs in document order; they don't overlap.
  private(set) var pairs: [Pair] = []
  private var open: RegionMarker?
  /// Regions given up with a finding, whose end needs no other one.
  private var abandoned: Set<RegionName> = []

  /// Pairs markers in document order.
  init(_ markers: [RegionMarker], in source: SourceText, findings: inout Findings) {
    for marker in markers {
      if marker.isStart {
        begin(marker, findings: &findings)
      } else {
        end(marker, findings: &findings)
      }
    }
    guard let open else { return }
    findings.add(
      .unterminatedRegion(id: open.name.id, line: open.line, lastLine: source.lineCount),
      at: open.range)
  }

  private mutating func begin(_ marker: RegionMarker, findings: inout Findings) {
    if let outer = open {
      abandoned.insert(outer.name)
      findings.add(
        .nestedRegion(
          id: marker.name.id, line: marker.line, outer: outer.name.id, outerLine: outer.line),
        at: marker.range)
    }
    open = marker
  }

  private mutating func end(_ marker: RegionMarker, findings: inout Findings) {
    if let start = open, start.name == marker.name {
      pairs.append(Pair(start: start, end: marker))
      open = nil
    } else if abandoned.remove(marker.name) != nil {
      return
    } else if let start = open {
      findings.add(
        .mismatchedRegion(
          id: start.name.id, line: start.line, end: marker.name.id, endLine: marker.line),
        at: marker.range)
      open = nil
    } else {
      findings.add(.endWithoutRegion(id: marker.name.id, line: marker.line), at: marker.range)
    }
  }
}
