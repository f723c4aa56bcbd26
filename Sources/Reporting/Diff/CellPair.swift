import Records

/// A cell as it was and as it is; at least one of them exists.
struct CellPair {
  let before: CellSnapshot?
  let after: CellSnapshot?

  func rows(tolerances: Tolerances) -> [RecordDiff.Row] {
    guard let before, let after else { return [statusRow] }
    var rows = texts(.inputs, before.inputs, after.inputs)
    rows += pairedByName(before.values, after.values).map { name, old, new in
      row(block(of: name, new ?? old), name, old, new, tolerances)
    }
    rows.append(statusRow)
    return rows + texts(.environment, before.environment, after.environment)
  }

  private var cell: String {
    guard let before, let after, before.id != after.id else {
      return after?.id ?? before?.id ?? ""
    }
    return "\(before.id) → \(after.id)"
  }

  private var statusRow: RecordDiff.Row {
    let old = before.map { RecordedValue.text($0.status ?? "present") }
    let new = after.map { RecordedValue.text($0.status ?? "present") }
    return row(.status, "status", old, new, Tolerances())
  }

  private func texts(
    _ block: RecordDiff.Block, _ before: [(name: String, value: String)],
    _ after: [(name: String, value: String)]
  ) -> [RecordDiff.Row] {
    guard !before.isEmpty, !after.isEmpty else { return [] }
    return pairedByName(before, after).map { name, old, new in
      row(block, name, old.map { .text($0) }, new.map { .text($0) }, Tolerances())
    }
  }

  private func block(of name: String, _ value: RecordedValue?) -> RecordDiff.Block {
    switch value {
    case .seconds: .timings
    case .bytes: .memory
    case .count, .number, .text, nil: name.hasPrefix("recompute.") ? .memory : .metrics
    }
  }

  private func row(
    _ block: RecordDiff.Block, _ name: String, _ old: RecordedValue?, _ new: RecordedValue?,
    _ tolerances: Tolerances
  ) -> RecordDiff.Row {
    RecordDiff.Row(
      cell: cell, block: block, name: name, before: old, after: new,
      verdict: RecordDiff.Verdict(
        old, new,
        bound: tolerances.bound(cell: after?.id ?? before?.id ?? "", name: name)))
  }
}

extension RecordDiff.Verdict {
  /// Sizes, counts and texts are exact; numbers are compared within a bound.
  init(
    _ before: RecordedValue?, _ after: RecordedValue?, bound: @autoclosure () -> Tolerances.Bound
  ) {
    switch (before, after) {
    case (nil, nil): self = .same
    case (nil, _): self = .new
    case (_, nil): self = .missing
    case (.number(let old), .number(let new)):
      let isSame = old == new || (old.isNaN && new.isNaN)
      self = isSame ? .same : bound().admits(old, new) ? .within : .changed
    default: self = before == after ? .same : .changed
    }
  }
}
