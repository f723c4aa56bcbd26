import Diagnostics

/// Collects faults and their places, up to a limit that spares the reader of a hopeless file.
struct Findings {
  /// Faults beyond this many are not reported.
  static let limit = 200

  private var found: [(fault: SyntaxFault, range: ByteRange)] = []

  /// Notes a fault.
  mutating func add(_ fault: SyntaxFault, at range: ByteRange) {
    if found.count < Self.limit { found.append((fault, range)) }
  }

  /// The diagnostics in document order.
  func diagnostics(in source: SourceText) -> [Diagnostic] {
    let ordered = found.enumerated().sorted { a, b in
      (a.element.range.lowerBound, a.offset) < (b.element.range.lowerBound, b.offset)
    }
    return ordered.map { _, finding in
      Diagnostic(
        code: finding.fault.code, severity: finding.fault.severity,
        message: finding.fault.message, in: source, at: finding.range,
        notes: finding.fault.notes)
    }
  }
}
