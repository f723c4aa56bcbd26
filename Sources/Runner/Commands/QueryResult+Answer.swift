import Experiment
public import Records
import Reporting
import ResultStore

extension QueryResult {
  /// Types the columns of an answer: by what the notebook says, else by their names and values.
  init(
    _ answer: QueryAnswer, formats: [String: QueryCell.Format] = [:], isOfProject: Bool
  ) {
    let columns = answer.columns.map { name in
      Column(
        name: name,
        format: formats[name].flatMap { Format(rawValue: $0.rawValue) } ?? Format(usualFor: name))
    }
    self.init(
      columns: columns,
      rows: answer.rows.map { row in
        zip(columns, row).map { RecordedValue($1, format: $0.format) }
      },
      total: answer.total, isVolatile: isOfProject || answer.views.contains("timing"))
  }
}

extension QueryResult.Format {
  /// The views' own columns tell their units by their names.
  fileprivate init(usualFor column: String) {
    func isNamed(_ word: String) -> Bool { column == word || column.hasSuffix("_\(word)") }
    self = isNamed("bytes") ? .bytes : isNamed("seconds") ? .seconds : .plain
  }
}

extension RecordedValue {
  /// A value of SQLite in the unit of its column; nil for NULL.
  fileprivate init?(_ value: QueryValue, format: QueryResult.Format) {
    switch (value, format) {
    case (.null, _): return nil
    case (.integer(let count), .bytes): self = .bytes(count)
    case (.integer(let count), .seconds): self = .seconds(Double(count))
    case (.integer(let count), .percent): self = .number(Double(count))
    case (.integer(let count), .plain), (.integer(let count), .exact): self = .count(count)
    case (.real(let number), .bytes):
      // An average of sizes is a size to the next byte.
      self = Int(exactly: number.rounded()).map { .bytes($0) } ?? .number(number)
    case (.real(let number), .seconds): self = .seconds(number)
    case (.real(let number), .plain):
      // Recorded counts are numbers like all others in the view of metrics.
      self = Self.count(in: number) ?? .number(number)
    case (.real(let number), .percent), (.real(let number), .exact): self = .number(number)
    case (.text(let text), _): self = .text(text)
    }
  }

  private static func count(in number: Double) -> RecordedValue? {
    guard number.magnitude < 9e15 else { return nil }
    return Int(exactly: number).map { .count($0) }
  }
}

extension QueryResult {
  /// The rows for programs, each an object; a name that occurs again gets a number behind it.
  public var json: JSONValue {
    let names = uniqueNames
    return .array(
      rows.map { row in .object(zip(names, row).map { ($0, $1?.json ?? .null) }) })
  }

  /// The rows as comma-separated values (RFC 4180), numbers in full, with a line of names.
  ///
  /// What a spreadsheet would take for a formula gets an apostrophe.
  public var csv: String {
    let lines = [columns.map(\.name)] + rows.map { row in row.map { $0?.exactText ?? "" } }
    return lines.map { CommaSeparatedText.row($0) + "\r\n" }.joined()
  }

  private var uniqueNames: [String] {
    var counts: [String: Int] = [:]
    return columns.map { column in
      counts[column.name, default: 0] += 1
      let count = counts[column.name] ?? 1
      return count == 1 ? column.name : "\(column.name)_\(count)"
    }
  }
}
