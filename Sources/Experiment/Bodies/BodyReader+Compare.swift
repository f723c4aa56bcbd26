import Diagnostics

extension BodyReader {
  /// The kinds whose cells record values.
  static let kindsWithValues: [DirectiveKind] = [
    .data, .model, .plan, .train, .eval, .generate, .query, .sweep,
  ]

  /// A compare directive.
  func compare(_ node: YAMLNode) -> CompareCell? {
    guard
      let keys = mapping(
        node, DirectiveKind.compare.owner, keys: ["cells", "baseline", "show"], place: place)
    else { return nil }
    let cells = keys.required("cells").map { texts($0, "cells") } ?? []
    for (index, cell) in cells.enumerated() {
      refer(
        to: CellReference(
          id: cell.text, kinds: Self.kindsWithValues, role: "cells.\(index)", range: cell.range))
    }
    let baseline = keys["baseline"].flatMap { node in
      text(node, "baseline").map { (text: $0, range: node.range) }
    }
    let ids = cells.map(\.text)
    if let baseline, !ids.isEmpty, !ids.contains(baseline.text), !baseline.text.contains("[") {
      note(.baselineNotCompared(baseline.text, cells: ids), at: baseline.range)
    }
    let show = keys["show"].map { texts($0, "show") } ?? []
    columns = show
    guard let first = ids.first else { return nil }
    return CompareCell(
      cells: ids, baseline: baseline?.text ?? first,
      show: show.isEmpty ? CompareCell.usualValues : show.map(\.text))
  }

  /// An expect directive.
  func expect(_ node: YAMLNode) -> [Claim]? {
    guard let items = items(node, DirectiveKind.expect.owner, expected: "a list of claims") else {
      return nil
    }
    return items.compactMap(claim)
  }

  private func claim(_ node: YAMLNode) -> Claim? {
    if case .mapping = node.content {
      note(.claim(.colon), at: node.range)
      return nil
    }
    guard let text = text(node, "a claim") else { return nil }
    // Places inside a quoted or folded claim can't be told exactly: those get the whole claim.
    let isPlain = node.range.count == text.utf8.count
    var parser = ClaimParser(text)
    let result = parser.parse()
    func place(_ range: Range<Int>) -> ByteRange {
      guard isPlain else { return node.range }
      let start = node.range.lowerBound + range.lowerBound
      return start..<start + range.count
    }
    for reference in parser.references {
      refer(
        to: CellReference(
          id: reference.value.cell, kinds: Self.kindsWithValues, role: reference.value.cell,
          range: place(reference.range)))
      valueUses.append(ValueUse(value: reference.value, range: place(reference.range)))
    }
    if let fault = parser.fault { note(.claim(fault.fault), at: place(fault.range)) }
    return result
  }
}

/// A value that a claim or the prose names, and where.
struct ValueUse {
  var value: ValueReference
  var range: ByteRange
}
