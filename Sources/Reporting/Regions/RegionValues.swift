public import Records

/// Values read back from a written region, where the store no longer has its record.
///
/// Sizes of the memory table are exact to the byte, digests are their first 16 digits, numbers
/// have the decimals that were printed. So compare what was read with what was read: build the
/// other side's regions from its record and read those too.
public enum RegionValues {
  /// The values of the tables in a region's body, in their order; either language is understood.
  ///
  /// Unknown tables and rows are passed over. Folded tables hold nothing that isn't elsewhere.
  public static func parse(_ body: String) -> [(name: String, value: RecordedValue)] {
    MarkdownTable.tables(in: body).flatMap { table -> [(name: String, value: RecordedValue)] in
      switch Kind(table) {
      case .plan: policies(table)
      case .timing(let factor): rows(table) { time($0, $1, factor) }
      case .memory: rows(table, size)
      case .summary: summary(table)
      case .other: []
      }
    }
  }

  /// What a table's titles say that it holds.
  private enum Kind {
    case plan, memory, summary, other
    case timing(Double)

    init(_ table: MarkdownTable) {
      let titles = table.titles
      let first = titles.first ?? ""
      if Phrase.policy.spellings.contains(first) {
        self = .plan
      } else if Phrase.quantity.spellings.contains(first) {
        self = .summary
      } else if Phrase.part.spellings.contains(first), titles.count == 3, titles[1] == "MiB" {
        self = .memory
      } else if Phrase.part.spellings.contains(first), titles.count == 3 {
        self = .timing(titles[1].hasSuffix("(ms)") ? 1e-3 : 1)
      } else {
        self = .other
      }
    }
  }

  private static func rows(
    _ table: MarkdownTable, _ read: (String, [String]) -> (String, RecordedValue)?
  ) -> [(name: String, value: RecordedValue)] {
    table.rows.compactMap { cells in
      guard let first = cells.first, let pair = read(first, cells) else { return nil }
      return (pair.0, pair.1)
    }
  }

  private static func size(_ label: String, _ cells: [String]) -> (String, RecordedValue)? {
    guard let name = valueName(label, prefix: "memory."), cells.count > 2,
      let bytes = NumberText.count(cells[2])
    else { return nil }
    return (name, .bytes(bytes))
  }

  private static func time(
    _ label: String, _ cells: [String], _ factor: Double
  ) -> (String, RecordedValue)? {
    guard let name = valueName(label, prefix: "timing."), cells.count > 1,
      let number = NumberText.number(cells[1])
    else { return nil }
    return (name, .seconds(number * factor))
  }

  private static func valueName(_ label: String, prefix: String) -> String? {
    Phrase.byValue.first { $0.key.hasPrefix(prefix) && $0.value.spellings.contains(label) }?.key
  }

  private static func policies(_ table: MarkdownTable) -> [(name: String, value: RecordedValue)] {
    table.rows.flatMap { cells -> [(name: String, value: RecordedValue)] in
      guard cells.count > 6, let peak = NumberText.number(cells[1]),
        let reserved = NumberText.number(cells[3]), let added = NumberText.number(cells[6]),
        let peakBytes = bytes(peak), let reservedBytes = bytes(reserved)
      else { return [] }
      return [
        ("\(cells[0]).memory.peak", peakBytes),
        ("\(cells[0]).memory.reserved", reservedBytes),
        ("\(cells[0]).recompute.flops_fraction", .number(added / 100)),
      ]
    }
  }

  /// A size in MiB; nil for a number that somebody wrote who meant none.
  private static func bytes(_ mebibytes: Double) -> RecordedValue? {
    Int(exactly: (mebibytes * 1_048_576).rounded(.towardZero)).map { .bytes($0) }
  }

  private static func summary(_ table: MarkdownTable) -> [(name: String, value: RecordedValue)] {
    table.rows.flatMap { cells -> [(name: String, value: RecordedValue)] in
      guard cells.count > 1 else { return [] }
      return series(cells[0], cells[1]) ?? digest(cells[0], cells[1])
        ?? quantity(cells[0], cells[1]) ?? []
    }
  }

  private static func series(
    _ label: String, _ text: String
  ) -> [(name: String, value: RecordedValue)]? {
    for ending in Phrase.firstToLast.spellings where label.hasSuffix(" \(ending)") {
      let name = label.dropLast(ending.count + 1)
      let ends = text.split(separator: " → ").compactMap { NumberText.number(String($0)) }
      guard ends.count == 2 else { return nil }
      return [("\(name).first", .number(ends[0])), ("\(name).last", .number(ends[1]))]
    }
    return nil
  }

  private static func digest(
    _ label: String, _ text: String
  ) -> [(name: String, value: RecordedValue)]? {
    for beginning in Phrase.digestOf.spellings where label.hasPrefix("\(beginning) ") {
      return [("digest.\(label.dropFirst(beginning.count + 1))", .text(text))]
    }
    return nil
  }

  private static func quantity(
    _ label: String, _ text: String
  ) -> [(name: String, value: RecordedValue)]? {
    let counts = ["steps", "parameters", "vocab_size", "recompute.operations"]
    for name in counts where Phrase.byValue[name]?.spellings.contains(label) == true {
      return NumberText.count(text).map { [(name, .count($0))] }
    }
    // The value has one name, whatever it counts.
    if Phrase.classes.spellings.contains(label) {
      return NumberText.count(text).map { [("vocab_size", .count($0))] }
    }
    if Phrase.flopsAdded.spellings.contains(label) {
      return NumberText.number(text).map { [("recompute.flops_fraction", .number($0 / 100))] }
    }
    for (phrase, name) in [(Phrase.evaluatedExamples, "examples"), (.targets, "targets")]
    where phrase.spellings.contains(label) {
      return NumberText.count(text).map { [(name, .count($0))] }
    }
    if ["loss", "accuracy", "perplexity"].contains(label) || label.hasPrefix("top_") {
      return NumberText.number(text).map { [(label, .number($0))] }
    }
    guard label.hasSuffix(".tokens") || label.hasSuffix(".examples") else { return nil }
    return NumberText.count(text).map { [(label, .count($0))] }
  }
}
