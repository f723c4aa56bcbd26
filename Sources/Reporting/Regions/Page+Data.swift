import Records

extension Page {
  mutating func add(_ data: DataSummary) {
    var table = Table(columns: [
      .text(.plain(word(.quantity))), .number(.plain(word(.value))),
    ])
    table.rows.append([.plain(word(.contents)), .plain(data.description)])
    if data.vocabularySize > 0 {
      table.rows.append([
        .plain(word(data.hasClasses == true ? .classes : .vocabulary)),
        .plain(Format.count(data.vocabularySize)),
      ])
    }
    if let shape = data.shape {
      table.rows.append([.plain(word(.exampleShape)), .plain("\(shape)")])
    }
    for split in data.splits {
      table.rows.append([.code("\(split.name).\(data.unit)"), .plain(Format.count(split.count))])
    }
    table.rows.append(digestRow(data.unit, data.digest))
    add(table)
    guard !data.examples.isEmpty else { return }
    add("\(word(.examples)):")
    add(MarkdownText.block(data.examples))
  }

  /// A row with the first digits of a digest.
  func digestRow(_ name: String, _ digest: String) -> [Table.Cell] {
    [.list([.plain(word(.digestOf)), .code(name)]), .code(Format.digest(digest))]
  }
}
