import Diagnostics
import Records

extension RecordDiff {
  /// The blocks as aligned tables for a terminal, and one line that sums up.
  public func terminalText(options: DiffOptions = DiffOptions()) -> String {
    var lines: [String] = []
    for (block, shown) in shownBlocks(options) {
      let table = table(of: shown).terminalLines
      lines += [block.title, "  " + (table.first ?? "")]
      lines += zip(shown, table.dropFirst()).map { row, line in
        "  " + (options.usesColor ? row.verdict.colored(line) : line)
      }
      lines.append("")
      guard block == .memory, !causes.isEmpty else { continue }
      lines += [Self.causesTitle] + causesTable.terminalLines.map { "  " + $0 } + [""]
    }
    if let sides, !lines.isEmpty {
      lines =
        ["A  \(sanitizedForTerminal(sides.before))", "B  \(sanitizedForTerminal(sides.after))", ""]
        + lines
    }
    lines.append(sanitizedForTerminal(summary))
    return lines.joined(separator: "\n") + "\n"
  }

  /// The blocks as Markdown tables under headings, one line that sums up, and the notes.
  public func markdown(options: DiffOptions = DiffOptions()) -> String {
    var parts: [String] = []
    for (block, shown) in shownBlocks(options) {
      parts += ["### \(block.title)", table(of: shown).markdown]
      guard block == .memory, !causes.isEmpty else { continue }
      parts += ["#### \(Self.causesTitle)", causesTable.markdown]
    }
    if let sides, !parts.isEmpty {
      let (before, after) = (
        MarkdownText.cellCode(sides.before), MarkdownText.cellCode(sides.after)
      )
      parts.insert("A is \(before), B is \(after).", at: 0)
    }
    parts.append(MarkdownText.line(summary))
    parts += notes.map { "> \(MarkdownText.line($0))" }
    return parts.joined(separator: "\n\n") + "\n"
  }

  /// The blocks that have something to show, with their rows.
  func shownBlocks(_ options: DiffOptions) -> [(block: Block, rows: [Row])] {
    Block.allCases.compactMap { block in
      let shown = rows.filter { $0.block == block && options.shows($0) }
      return shown.isEmpty ? nil : (block, shown)
    }
  }

  static let causesTitle = "Memory: why"

  /// One sentence: how many values changed, or that none did and what else did, and what was not
  /// compared.
  public var summary: String {
    var parts: [String] = []
    if hasDifferences {
      parts.append(counts)
    } else if !unplanned.isEmpty {
      parts.append("outputs equal")
    } else if uncompared.isEmpty || !rows.isEmpty {
      parts.append(equality + environmentNote)
    }
    if !unplanned.isEmpty {
      let names = unplanned.joined(separator: " and ")
      parts.append("inputs not compared, as \(names) can't be planned")
    }
    if !uncompared.isEmpty {
      parts.append("not compared: \(uncompared.joined(separator: ", "))")
    }
    return parts.joined(separator: "; ")
  }

  /// How many values have each verdict.
  private var counts: String {
    [Verdict.changed, .missing, .new, .within, .same].compactMap { verdict in
      let count = count(verdict)
      return count == 0 ? nil : "\(count) \(verdict.rawValue)"
    }
    .joined(separator: ", ")
  }

  private var equality: String {
    let (within, new) = (count(.within), count(.new))
    // Of new results there is nothing to be identical with.
    let results = new > 0 ? "what both sides have is" : "results"
    let others = new > 0 ? ", \(new) new" : ""
    return within > 0
      ? "\(results) equal, \(within) within tolerance\(others)" : "\(results) identical\(others)"
  }

  private func count(_ verdict: Verdict) -> Int {
    rows.count {
      $0.verdict == verdict && $0.block != .timings && $0.block != .environment
        && !$0.isConsequence
    }
  }

  private var environmentNote: String {
    var seen: Set<String> = []
    let changes = rows(in: .environment).filter { $0.verdict == .changed }
      .map { "\($0.name) \($0.texts.before) → \($0.texts.after)" }
      .filter { seen.insert($0).inserted }
    return changes.isEmpty ? "" : " (environment differs: \(changes.joined(separator: ", ")))"
  }

  /// The rows as a table; differences have columns only where numbers differ.
  func table(of rows: [Row]) -> Table {
    let differences: [(title: String, texts: [String])] = [
      ("Δ", rows.map(\.difference)), ("Δ %", rows.map(\.relativeDifference)),
    ].filter { !$0.1.allSatisfy(\.isEmpty) }
    let columns: [Table.Column] =
      [.text("cell"), .text("value"), .number("A"), .number("B")]
      + differences.map { Table.Column.number(.plain($0.title)) } + [.text("verdict")]
    return Table(
      columns: columns,
      rows: rows.indices.map { index in
        let row = rows[index]
        let texts = row.texts
        var cells: [Table.Cell] = [
          .code(row.cell), .code(row.name), .plain(texts.before), .plain(texts.after),
        ]
        cells += differences.map { Table.Cell.plain($0.texts[index]) }
        cells.append(
          row.isDifference ? .strong(row.verdict.rawValue) : .plain(row.verdict.rawValue))
        return cells
      })
  }
}

extension RecordDiff.Block {
  var title: String {
    switch self {
    case .inputs: "Inputs changed"
    case .metrics: "Metrics"
    case .memory: "Memory"
    case .status: "Status"
    case .environment: "Environment"
    case .timings: "Timings"
    }
  }
}

extension RecordDiff.Verdict {
  fileprivate func colored(_ line: String) -> String {
    let code =
      switch self {
      case .same: "2"
      case .within: "33"
      case .changed, .missing: "31"
      case .new: "36"
      }
    return "\u{1B}[\(code)m\(line)\u{1B}[0m"
  }
}
