import Records

extension RecordDiff.Row {
  /// Both values as texts that differ where the values do.
  var texts: (before: String, after: String) {
    let short = (Self.short(before), Self.short(after))
    guard short.0 == short.1, verdict != .same else { return short }
    return (Self.exact(before), Self.exact(after))
  }

  /// The second value less the first, signed; empty where that says nothing.
  var difference: String {
    guard let old = before?.number, let new = after?.number, old != new else { return "" }
    let sign = new > old ? "+" : ""
    switch (before, after) {
    case (.bytes(let old), .bytes(let new)):
      let isSmall = (new - old).magnitude < 10_486
      return sign + (isSmall ? "\(Format.count(new - old)) B" : Format.size(new - old))
    case (.count(let old), .count(let new)): return sign + Format.count(new - old)
    case (.seconds, .seconds): return sign + Self.duration(new - old)
    default: return (new - old).isFinite ? sign + Format.number(new - old) : ""
    }
  }

  /// The difference in per cent of the first value.
  var relativeDifference: String {
    guard let old = before?.number, let new = after?.number, old != new, old != 0 else { return "" }
    let fraction = (new - old) / old.magnitude
    guard fraction.isFinite else { return "" }
    return "\(fraction > 0 ? "+" : "")\(Format.fixed(fraction * 100, decimals: 2)) %"
  }

  private static func short(_ value: RecordedValue?) -> String {
    guard let value else { return "–" }
    if case .text(let text) = value, !ValueText.isDigest(text) {
      let line = text.split(separator: "\n").first.map(String.init) ?? ""
      return line.count > 24 ? "\(line.prefix(23))…" : line
    }
    return ValueText.described(value).text
  }

  /// A time in the unit that has digits to show.
  private static func duration(_ seconds: Double) -> String {
    switch seconds.magnitude {
    case ..<1e-3: "\(Format.fixed(seconds * 1e6, decimals: 1)) µs"
    case ..<1: "\(Format.fixed(seconds * 1e3, decimals: 2)) ms"
    default: "\(Format.fixed(seconds, decimals: 3)) s"
    }
  }

  private static func exact(_ value: RecordedValue?) -> String {
    switch value {
    case .bytes(let bytes): "\(Format.count(bytes)) B"
    case .number(let number): "\(number)"
    case .seconds(let seconds): Self.duration(seconds)
    case .text(let text): text
    case .count, nil: short(value)
    }
  }
}
