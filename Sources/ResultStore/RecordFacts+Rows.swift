import GRDB
import Records

extension RecordFacts {
  /// A row of `recordFact`.
  struct Row {
    var kind: String
    var name: String
    var value: DatabaseValue
  }

  /// The rows that hold environment and values, and behind them their checksum.
  var rows: [Row] {
    var rows: [Row] = []
    if let environment {
      rows += [
        Row(kind: "numerics", name: environment.numerics, value: .null),
        Row(kind: "kernels", name: environment.kernels, value: .null),
        Row(kind: "threads", name: "", value: environment.threads.databaseValue),
        Row(kind: "engine", name: environment.engine, value: .null),
      ]
    }
    rows += values.map(\.row)
    let sum = Self.checksum(of: rows).databaseValue
    return rows + [Row(kind: "checksum", name: "", value: sum)]
  }

  /// Reads rows back; nil where there are none, as of earlier versions, or where they were damaged.
  init?(kind: CellKind, status: Records.Record.Status, key: String, rows: [Row]) {
    guard let last = rows.last, last.kind == "checksum",
      last.value == Self.checksum(of: rows.dropLast()).databaseValue
    else { return nil }
    var environment = EnvironmentRecord(numerics: "", kernels: "", threads: 0, engine: "")
    var hasEnvironment = false
    var values: [Value] = []
    values.reserveCapacity(rows.count)
    for row in rows.dropLast() {
      switch (row.kind, row.value.storage) {
      case ("numerics", _): (environment.numerics, hasEnvironment) = (row.name, true)
      case ("kernels", _): environment.kernels = row.name
      case ("engine", _): environment.engine = row.name
      case ("threads", .int64(let threads)): environment.threads = Int(threads)
      default:
        guard let value = RecordedValue(row) else { return nil }
        values.append(Value(name: row.name, value: value))
      }
    }
    self.init(
      kind: kind, status: status, key: key, environment: hasEnvironment ? environment : nil,
      values: values)
  }

  private static func checksum(of rows: some Sequence<Row>) -> Int64 {
    var checksum = Checksum()
    for row in rows {
      checksum.add(row.kind)
      checksum.add(row.name)
      switch row.value.storage {
      case .null: checksum.add(0)
      case .int64(let number): checksum.add(UInt64(bitPattern: number))
      case .double(let number): checksum.add(number.bitPattern)
      case .string(let text): checksum.add(text)
      case .blob: checksum.add(1)
      }
    }
    return checksum.value
  }
}

extension RecordFacts.Value {
  /// The value as SQLite has it: what is not a number is NULL there.
  fileprivate var row: RecordFacts.Row {
    switch value {
    case .bytes(let bytes): .init(kind: "bytes", name: name, value: bytes.databaseValue)
    case .count(let count): .init(kind: "count", name: name, value: count.databaseValue)
    case .number(let number): .init(kind: "number", name: name, value: Self.real(number))
    case .seconds(let seconds): .init(kind: "seconds", name: name, value: Self.real(seconds))
    case .text(let text): .init(kind: "text", name: name, value: text.databaseValue)
    }
  }

  private static func real(_ number: Double) -> DatabaseValue {
    number.isNaN ? .null : number.databaseValue
  }
}

extension RecordedValue {
  fileprivate init?(_ row: RecordFacts.Row) {
    switch (row.kind, row.value.storage) {
    case ("bytes", .int64(let bytes)): self = .bytes(Int(bytes))
    case ("count", .int64(let count)): self = .count(Int(count))
    case ("number", .double(let number)): self = .number(number)
    case ("number", .null): self = .number(.nan)
    case ("seconds", .double(let seconds)): self = .seconds(seconds)
    case ("seconds", .null): self = .seconds(.nan)
    case ("text", .string(let text)): self = .text(text)
    default: return nil
    }
  }
}
