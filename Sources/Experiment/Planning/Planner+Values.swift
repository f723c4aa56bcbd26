import Diagnostics
import NotebookSyntax

extension Planner {
  /// Checks a reference in prose.
  mutating func check(_ text: String, at range: ByteRange) {
    guard let value = ValueReference(parsing: text).map(resolved) else {
      note(.invalidReference(text), range)
      return
    }
    let reference = CellReference(
      id: value.cell, kinds: BodyReader.kindsWithValues, role: value.cell, range: range)
    if let target = index(of: value.cell) {
      if !BodyReader.kindsWithValues.contains(drafts[target].kind) {
        note(.noValues(value.cell, kind: drafts[target].kind), range)
      }
    } else {
      noteUnknown(reference)
    }
    check(ValueUse(value: value, range: range))
  }

  /// Checks that the cell records a value of this name.
  mutating func check(_ use: ValueUse) {
    guard let target = index(of: use.value.cell), let body = drafts[target].body else { return }
    if case .sweep(let sweep) = body, let bracket = use.value.brackets.first {
      note(.unknownPoint("\(sweep.id)[\(bracket)]", known: sweep.points.map(\.id)), use.range)
      return
    }
    let names = ValueNames.names(of: body)
    guard !names.isEmpty, !names.contains(use.value.path) else { return }
    note(.unknownValue(use.value.path, cell: use.value.cell, known: names), use.range)
  }

  /// Checks that at least one compared cell records each value shown.
  mutating func checkColumns(_ draft: Draft) {
    let bodies = draft.references.compactMap { index(of: $0.id) }.compactMap { drafts[$0].body }
    guard bodies.count == draft.named.count else { return }
    if case .compare(let compare) = draft.body, compare.baseline.contains("["),
      !compare.cells.contains(compare.baseline)
    {
      note(
        .baselineNotCompared(compare.baseline, cells: compare.cells), draft.directive.idRange)
    }
    let names = bodies.flatMap(ValueNames.names)
    for column in draft.reader.columns where !names.contains(column.text) {
      note(.unknownColumn(column.text, known: names.uniqued), column.range)
    }
  }

  /// Checks that the cell records a value of each name to which it grants a tolerance.
  mutating func checkTolerances(_ draft: Draft) {
    guard !draft.reader.tolerated.isEmpty else { return }
    let bodies =
      draft.kind == .sweep
      ? drafts.filter { $0.point?.sweep == draft.id }.map(\.body) : [draft.body]
    let names = DottedNames(bodies.compactMap(\.self).flatMap(ValueNames.names).uniqued)
    guard !names.names.isEmpty else { return }
    for (name, range) in draft.reader.tolerated where !names.contains(name) {
      note(.unknownValue(name, cell: draft.id, known: names.suggestions), range)
    }
  }
}

extension [String] {
  /// The texts, each once, in the order of their first occurrence.
  var uniqued: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
