import Records

extension Page {
  /// The parts of the peak, the peak, and what is around it, in MiB and to the byte.
  mutating func add(_ memory: MemoryRecord, of record: Record) {
    let parts: [(Phrase, Int)] = [
      (.parameters, memory.parameters), (.optimizerState, memory.optimizer),
      (.gradients, memory.gradients), (.activations, memory.activations),
      (.inputs, memory.inputs), (.workspace, memory.workspace),
    ]
    var rows = parts.map { row($0, $1, emphasis: Table.Cell.plain) }
    rows.append(row(.peakPlanned, memory.plannedPeak, emphasis: Table.Cell.strong))
    if let measured = memory.measuredPeak {
      rows.append(row(.peakMeasured, measured, emphasis: Table.Cell.strong))
    }
    rows.append(row(.reserved, memory.reserved, emphasis: Table.Cell.plain))
    rows.append(row(.keptForBackward, memory.kept, emphasis: Table.Cell.plain))
    if let disk = memory.disk {
      rows.append(row(.waitsOnDisk, disk, emphasis: Table.Cell.plain))
    }
    add(
      Table(
        columns: [.text(.plain(word(.part))), .number("MiB"), .number(.plain(word(.bytes)))],
        rows: rows))
    if !memory.peakOperation.isEmpty {
      let operation = MarkdownText.code(memory.peakOperation)
      add("\(word(.peakReachedIn)) \(operation)\(language == .english ? "." : "")")
    }
    add(
      Figure.timeline(of: record, language: language),
      description: "\(word(.timelineFigure)) \(record.id), \(word(.peak)) "
        + Format.size(memory.measuredPeak ?? memory.plannedPeak))
  }

  /// The layers and the largest tensors, folded.
  mutating func addDetails(_ memory: MemoryRecord) {
    let usesDisk = memory.layers.contains { $0.disk != nil }
    let layers = memory.layers.map { layer -> [Table.Cell] in
      [
        .code(layer.layer), .plain(Format.mebibytes(layer.parameters)),
        .plain(Format.mebibytes(layer.kept)), .plain(Format.mebibytes(layer.recomputed)),
      ] + (usesDisk ? [.plain(Format.mebibytes(layer.disk ?? 0))] : [])
    }
    add(
      folded: .memoryByLayer,
      Table(
        columns: [
          .text(.plain(word(.layer))), .number("\(word(.parameters)) (MiB)"),
          .number("\(word(.kept)) (MiB)"), .number("\(word(.recomputed)) (MiB)"),
        ] + (usesDisk ? [.number("\(word(.onDisk)) (MiB)")] : []), rows: layers))
    let tensors = memory.largest.prefix(10).map { tensor -> [Table.Cell] in
      [.code(tensor.name), .plain(Format.mebibytes(tensor.bytes))]
    }
    add(
      folded: .largestTensors,
      Table(columns: [.text(.plain(word(.tensor))), .number("MiB")], rows: Array(tensors)))
  }

  private func row(
    _ phrase: Phrase, _ bytes: Int, emphasis: (String) -> Table.Cell
  ) -> [Table.Cell] {
    [emphasis(word(phrase)), emphasis(Format.mebibytes(bytes)), emphasis(Format.count(bytes))]
  }
}
