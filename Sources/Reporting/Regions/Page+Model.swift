import Records

extension Page {
  /// A table of layers; a row of several alike states what all of them take together.
  mutating func add(_ model: ModelSummary) {
    let unit = CountUnit(fitting: model.flops)
    let hasRepeats = model.layers.contains { $0.count > 1 }
    var table = Table(columns: [.text(.plain(word(.layer))), .text(.plain(word(.shape)))])
    if hasRepeats { table.columns.append(.number(.plain(word(.count)))) }
    table.columns += [
      .number(.plain(word(.parameters))), .number("\(word(.activations)) (MiB)"),
      .number("\(word(.flops)) (\(unit.symbol))"),
    ]
    for layer in model.layers {
      let count = layer.count
      var row: [Table.Cell] = [
        .code(layer.layer), .plain(layer.shape.map(String.init).joined(separator: " × ")),
      ]
      if hasRepeats { row.append(.plain(Format.count(count))) }
      row += [
        .plain(Format.count(layer.parameters * count)),
        .plain(Format.mebibytes(layer.activationBytes * count)),
        .plain(unit.text(layer.flops * count)),
      ]
      table.rows.append(row)
    }
    table.rows.append(
      [.strong(word(.total)), ""] + (hasRepeats ? [""] : []) + [
        .strong(Format.count(model.parameters)), .strong(Format.mebibytes(model.activationBytes)),
        .strong(unit.text(model.flops)),
      ])
    add(table)
  }
}
