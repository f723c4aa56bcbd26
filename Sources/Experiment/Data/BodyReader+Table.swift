import DataFiles
import Diagnostics

extension BodyReader {
  /// `table:`: typed columns of a CSV file, one of them the target.
  func table(_ node: YAMLNode) -> DataSpec? {
    let known = [
      "file", "columns", "target", "delimiter", "header", "missing", "normalize", "split", "seed",
    ]
    guard let keys = mapping(node, "table", keys: known) else { return nil }
    let file = keys.required("file").flatMap { self.file($0, "file") }
    let columns = keys.required("columns").flatMap { tableColumns($0) }
    let target = keys.text("target")
    let delimiter = keys["delimiter"].map { self.delimiter($0) } ?? UInt8(ascii: ",")
    let missing = keys["missing"].map { missingValues($0) } ?? .refuse
    let hasHeader = keys.flag("header", default: true)
    let isNormalized = keys.flag("normalize", default: false)
    let split = split(keys, shuffles: true)
    guard let file, let columns, let target, let delimiter, let missing else { return nil }
    let table = TableSpec(
      file: file, columns: columns, target: target, delimiter: delimiter, hasHeader: hasHeader,
      missing: missing, isNormalized: isNormalized)
    return check(table, keys) ? DataSpec(source: .table(table), split: split) : nil
  }

  private func tableColumns(_ node: YAMLNode) -> [CSVColumn]? {
    guard case .mapping(let entries) = node.content else {
      wrongType(node, "columns", expected: "a mapping such as '{age: number, city: category}'")
      return nil
    }
    if entries.isEmpty { note(.emptyList(what: "columns"), at: node.range) }
    let kinds = [CSVColumn.Kind.number, .integer, .category].map(\.rawValue)
    let columns = entries.compactMap { entry in
      word(entry.value, "column type", among: kinds).flatMap(CSVColumn.Kind.init).map {
        CSVColumn(name: entry.name, kind: $0)
      }
    }
    return columns.count == entries.count && !columns.isEmpty ? columns : nil
  }

  private func delimiter(_ node: YAMLNode) -> UInt8? {
    guard let text = text(node, "delimiter") else { return nil }
    let bytes = Array((text == "tab" || text == "\\t" ? "\t" : text).utf8)
    guard bytes.count == 1, bytes[0] != UInt8(ascii: "\""), bytes[0] != 0x0A, bytes[0] != 0x0D
    else {
      wrongType(node, "delimiter", expected: "one character such as ';', or 'tab'")
      return nil
    }
    return bytes[0]
  }

  private func missingValues(_ node: YAMLNode) -> CSVFile.MissingValues? {
    switch word(node, "missing", among: ["refuse", "drop", "mean"]) {
    case "refuse": .refuse
    case "drop": .drop
    case "mean": .keep
    default: nil
    }
  }

  /// Whether the file has a first line with these columns.
  private func check(_ table: TableSpec, _ keys: KeyedValues) -> Bool {
    let fileRange = keys["file"]?.range ?? keys.place
    let names = table.columns.map(\.name)
    guard names.contains(table.target) else {
      let range = keys["target"]?.range ?? keys.place
      note(.unknownWord(table.target, what: "target", known: names), at: range)
      return false
    }
    guard names.count > 1 else {
      let range = keys["columns"]?.range ?? keys.place
      note(.missingKey("a feature beside the target", owner: "columns"), at: range)
      return false
    }
    guard
      let file = reading(
        at: fileRange,
        { () throws(DataFileError) in
          try CSVFile(
            table.file.content, delimiter: table.delimiter, hasHeader: table.hasHeader)
        })
    else { return false }
    var isGood = true
    guard case .mapping(let entries)? = keys["columns"]?.content else { return false }
    for entry in entries where !file.columnNames.contains(entry.name) {
      let fault = CSVFault.unknownColumn(entry.name, known: file.columnNames)
      note(
        .dataFile(DataFault(DataFileError(file: table.file.path, fault: fault))),
        at: entry.nameRange)
      isGood = false
    }
    return isGood
  }
}
