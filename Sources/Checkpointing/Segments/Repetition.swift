import ModelGraph

/// What has to run again before a segment's backward pass, found by walking the segment backwards.
struct Repetition {
  /// The segment's operations.
  let range: Range<Int>
  /// For each of them, whether it runs again.
  private var isRepeated: [Bool]
  /// For each tensor, whether they or the backward operations read it.
  private var isNeeded: [Bool]
  /// Those tensors, as few of all that there are.
  private var neededTensors: [TensorID] = []
  private let facts: ForwardFacts
  private let operations: [Operation]

  /// - Parameter isAvailable: whether a tensor made in the segment is there already.
  init(
    of segment: Segment, operations: [Operation], facts: ForwardFacts,
    isAvailable: (TensorID) -> Bool
  ) {
    range = segment.operations
    isRepeated = Array(repeating: false, count: range.count)
    isNeeded = Array(repeating: false, count: facts.tensorCount)
    self.facts = facts
    self.operations = operations
    for node in segment.nodes.reversed() {
      switch node {
      case .operation(let index):
        need(facts.needs[index])
        repeatIfNeeded(index, isAvailable)
      case .segment(let inner): collect(inner, isAvailable)
      }
    }
  }

  /// Whether a forward operation runs again.
  func repeats(_ operation: Int) -> Bool {
    range.contains(operation) && isRepeated[operation - range.lowerBound]
  }

  /// Whether a tensor is read by what runs again or by the backward operations.
  func needs(_ tensor: TensorID) -> Bool { isNeeded[tensor.index] }

  /// The operations that run again.
  var repeated: [Int] { range.filter(repeats) }

  /// An inner segment is recomputed in its own turn: now only what it holds afterwards can be needed,
  /// and what its own recomputation will read from outside.
  private mutating func collect(_ inner: Segment, _ isAvailable: (TensorID) -> Bool) {
    let (isNeededBefore, facts) = (isNeeded, facts)
    let later = Repetition(of: inner, operations: operations, facts: facts) { tensor in
      if inner.kept.contains(tensor) { return true }
      return facts.leaves(tensor, inner.operations)
        && (isAvailable(tensor) || isNeededBefore[tensor.index])
    }
    need(inner.kept.filter(later.needs))
    for index in inner.operations.reversed() { repeatIfNeeded(index, isAvailable) }
    need(later.neededTensors.filter { !facts.isMade($0, in: inner.operations) })
  }

  private mutating func need(_ tensors: some Sequence<TensorID>) {
    for tensor in tensors where !isNeeded[tensor.index] {
      isNeeded[tensor.index] = true
      neededTensors.append(tensor)
    }
  }

  private mutating func repeatIfNeeded(_ index: Int, _ isAvailable: (TensorID) -> Bool) {
    for output in operations[index].outputs where isNeeded[output.index] && !isAvailable(output) {
      isRepeated[index - range.lowerBound] = true
      return need(facts.reads[index])
    }
  }
}
