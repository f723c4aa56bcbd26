extension Graph {
  /// Marks the linear layers whose rows of padding nobody sees, so that these need not be computed.
  ///
  /// Attention leaves padding's keys out, a layer that works row by row passes padding on to
  /// padding alone, and a model that takes the first token, or the mean of the tokens, for the whole
  /// example reads no padding: so that costs only where a loss is of every position, or a layer mixes
  /// positions.
  mutating func leaveOutPadding() {
    guard let mask = paddingMask else { return }
    var seen: Set<TensorID> = [prediction]
    for index in operations.indices.reversed() {
      let operation = operations[index]
      let isSeen = operation.outputs.contains(where: seen.contains)
      if case .linear(var rule) = operation.kind, !isSeen, rule.rows == batch * time {
        rule.hasPadding = true
        operations[index].kind = .linear(rule)
        operations[index].inputs.append(mask)
      }
      if !operation.kind.keepsRows(whereSeen: isSeen) { seen.formUnion(operation.inputs) }
    }
  }
}

extension OperationKind {
  /// Whether rows of padding of the inputs reach no row that is seen.
  fileprivate func keepsRows(whereSeen isSeen: Bool) -> Bool {
    switch self {
    case .firstToken: true
    case .meanPooling(let rule): rule.hasPadding
    case .attention(let rule): rule.hasPadding && !isSeen
    case .linear, .layerNorm, .rmsNorm, .activation, .dropout, .add, .multiply, .copy, .rotary:
      !isSeen
    default: false
    }
  }
}
