/// A table in a text file: RFC 4180 in UTF-8, with or without a line of names.
public struct CSVFile: Sendable {
  /// What is done with a row that lacks a value.
  public enum MissingValues: String, Hashable, Sendable, CaseIterable {
    /// The file is refused.
    case refuse
    /// The row is left out.
    case drop
    /// The value is left missing: not a number, or -1.
    case keep
  }

  /// The columns' names; their numbers from 1 where the file has no line of names.
  public let columnNames: [String]
  private let bytes: FileBytes
  private let start: CSVRows

  /// Reads a file's first line.
  ///
  /// - Parameters:
  ///   - delimiter: the byte between fields.
  ///   - hasHeader: whether the first line holds names.
  /// - Throws: `DataFileError` with a `CSVFault` or a `BytesFault`.
  public init(
    _ bytes: FileBytes, delimiter: UInt8 = UInt8(ascii: ","), hasHeader: Bool = true
  ) throws(DataFileError) {
    self.bytes = bytes
    var rows = CSVRows(try bytes.allBytes(), delimiter: delimiter)
    let before = rows
    columnNames = try bytes.checking { () throws(CSVFault) in
      guard let first = try rows.row() else { throw .empty }
      guard hasHeader else { return (1...first.count).map { "\($0)" } }
      return try Self.names(first, rows)
    }
    start = hasHeader ? rows : before
  }

  private static func names(
    _ fields: [CSVRows.Field], _ rows: CSVRows
  ) throws(CSVFault) -> [String] {
    var names: [String] = []
    var seen: Set<String> = []
    for field in fields {
      let name = try rows.text(field)
      guard seen.insert(name).inserted else { throw .repeatedColumn(name, field.place) }
      names.append(name)
    }
    return names
  }

  /// Reads columns.
  ///
  /// - Parameters:
  ///   - missing: what is done with rows that lack a value in one of these columns.
  ///   - progress: called now and then with the bytes read so far.
  /// - Throws: `DataFileError` with a `CSVFault`.
  public func values(
    of columns: [CSVColumn], missing: MissingValues = .refuse, progress: (Int) -> Void = { _ in }
  ) throws(DataFileError) -> [CSVValues] {
    try bytes.checking { () throws(CSVFault) in
      var collectors: [CSVCollector] = []
      for column in columns {
        guard let index = columnNames.firstIndex(of: column.name) else {
          throw .unknownColumn(column.name, known: columnNames)
        }
        collectors.append(CSVCollector(column, index: index))
      }
      try collect(into: &collectors, missing, progress)
      return collectors.map(\.values)
    }
  }

  private func collect(
    into collectors: inout [CSVCollector], _ missing: MissingValues, _ progress: (Int) -> Void
  ) throws(CSVFault) {
    var rows = start
    var count = 0
    while let fields = try rows.row() {
      count += 1
      guard fields.count == columnNames.count else {
        throw .ragged(
          line: fields[0].place.line, found: fields.count, expected: columnNames.count)
      }
      var isComplete = true
      for index in collectors.indices {
        let field = fields[collectors[index].index]
        let hasValue = try collectors[index].add(field, of: rows)
        guard hasValue || missing != .refuse else {
          throw .missing(column: collectors[index].column.name, field.place)
        }
        isComplete = isComplete && hasValue
      }
      if missing == .drop, !isComplete {
        for index in collectors.indices { collectors[index].removeLast() }
      }
      if count % 4096 == 0 { progress(rows.position) }
    }
    guard count > 0 else { throw .noRows }
  }
}
