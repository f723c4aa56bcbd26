import DataFiles
import Digests
import Experiment
import Records
import Training

extension MadeData {
  /// Columns of a CSV file.
  ///
  /// - Parameter trained: what the table says that a model was trained on; nil for that table itself.
  init(
    _ table: TableSpec, spec: DataSpec, trained: TableFit?, progress: Progress
  ) throws(DataFileError) {
    let file = try CSVFile(
      table.file.content, delimiter: table.delimiter, hasHeader: table.hasHeader)
    let total = table.file.content.count
    let values = try file.values(of: table.columns, missing: table.missing) {
      progress(table.file.path, $0, total)
    }
    var columns: [(name: String, column: FeatureColumn)] = []
    var target = CSVValues.numbers([])
    for (column, values) in zip(table.columns, values) {
      if column.name == table.target {
        target = values
      } else {
        columns.append((column.name, FeatureColumn(values)))
      }
    }
    // A row without its target says nothing, whatever is done with missing features.
    if table.missing == .keep, let column = table.targetColumn {
      target = try file.values(of: [column], missing: .refuse)[0]
    }
    let parts = DataParts(count: target.count, spec.split)
    let fit =
      trained
      ?? TableFit(
        features: columns.map { ($0.name, $0.column.fit(by: parts.train)) },
        classes: target.words, isNormalized: table.isNormalized)
    let features = try Self.features(columns, of: table, fit)
    if trained != nil { target = try Self.classes(target, of: table, fit) }
    let (targets, words) = try Self.targets(target, of: table)
    let width = features.reduce(0) { $0 + $1.width }
    let examples = FeatureExamples(
      values: .memory(Self.rows(of: features, count: target.count)), shape: [width],
      targets: targets)
    var digest = DigestBuilder()
    digest.append(field: table.file.digest.bytes)
    for column in table.columns { digest.append(field: "\(column.name) \(column.kind.rawValue)") }
    let summary = DataSummary(
      description: "rows of \(table.file.path)", vocabularySize: words.count,
      splits: Self.splits(parts.counts, of: spec), digest: digest.finalize().hex,
      examples: Self.shown(words), shape: [width], hasClasses: true)
    self.init(
      dataset: parts.dataset { .features(examples.part($0)) }, summary: summary, fit: fit)
  }

  /// The columns that a model was trained on, in their order, as it knows them.
  private static func features(
    _ columns: [(name: String, column: FeatureColumn)], of table: TableSpec, _ fit: TableFit
  ) throws(DataFileError) -> [FeatureColumn] {
    var features: [FeatureColumn] = []
    for (name, known) in fit.features {
      guard let found = columns.first(where: { $0.name == name }) else {
        throw DataFileError(
          file: table.file.path,
          fault: CSVFault.unknownColumn(name, known: columns.map(\.name)))
      }
      guard let column = found.column.applying(known, normalizing: fit.isNormalized) else {
        throw DataFileError(
          file: table.file.path, fault: CSVFault.otherKind(column: name, trained: known.kind))
      }
      features.append(column)
    }
    return features
  }

  /// The classes as a model knows them.
  private static func classes(
    _ target: CSVValues, of table: TableSpec, _ fit: TableFit
  ) throws(DataFileError) -> CSVValues {
    guard case .categories(let indices, let words) = target, !fit.classes.isEmpty else {
      return target
    }
    guard let strange = words.first(where: { !fit.classes.contains($0) }) else {
      return .categories(indices.renumbered(from: words, to: fit.classes), words: fit.classes)
    }
    throw DataFileError(
      file: table.file.path,
      fault: CSVFault.unknownClass(strange, column: table.target, known: fit.classes))
  }

  private static func targets(
    _ values: CSVValues, of table: TableSpec
  ) throws(DataFileError) -> (Targets, words: [String]) {
    switch values {
    case .categories(let classes, let words): return (.classes(classes, perExample: 1), words)
    case .numbers(let numbers) where table.predictsClasses:
      var classes: [Int32] = []
      for (row, number) in numbers.enumerated() {
        guard let index = Int32(exactly: number) else {
          throw DataFileError(
            file: table.file.path,
            fault: ValueFault.outOfRange(
              what: "a class of '\(table.target)'",
              value: Int(exactly: number) ?? (number < 0 ? .min : .max), place: .example(row),
              allowed: Int(Int32.min)...Int(Int32.max)))
        }
        classes.append(index)
      }
      let count = classes.max().map { Int($0) + 1 } ?? 0
      return (.classes(classes, perExample: 1), (0..<min(count, 1000)).map { "\($0)" })
    case .numbers(let numbers): return (.values(numbers.map { Float($0) }, perExample: 1), [])
    case .texts: return (.classes([], perExample: 1), [])
    }
  }

  private static func rows(of columns: [FeatureColumn], count: Int) -> [Float] {
    var rows: [Float] = []
    for row in 0..<count {
      for column in columns { column.append(row, to: &rows) }
    }
    return rows
  }

  /// The classes by their numbers.
  private static func shown(_ words: [String]) -> [String] {
    words.prefix(10).enumerated().map { "class \($0): \($1.prefix(60))" }
      + (words.count > 10 ? ["…"] : [])
  }
}

extension CSVValues {
  /// The words of categories.
  fileprivate var words: [String] {
    if case .categories(_, let words) = self { words } else { [] }
  }
}
