import ModelGraph

/// What has to run again before a segment's backward pass, found by walking the segment backwards.
struct Repetition {
  /// The forward operations to run again.
  private(set) var operations: Set<Int> = []
  /// What they and the backward operations read.
  private(set) var needed: Set<TensorID> = []
  private let training: TrainingGraph

  /// - Parameter isAvailable: whether a tensor made in the segment is there already.
  init(
    of segment: Segment, in training: TrainingGraph, isAvailable: (TensorID) -> Bool
  ) {
    self.training = training
    for node in segment.nodes.reversed() {
      switch node {
      case .operation(let index):
        needed.formUnion(activations(training.backward[index].flatMap(\.inputs)))
        repeatIfNeeded(index, isAvailable)
      case .segment(let inner): collect(inner, isAvailable)
      }
    }
  }

  /// An inner segment is recomputed in its own turn: now only what leaves it can be needed, and what
  /// its own recomputation will read from outside.
  private mutating func collect(_ inner: Segment, _ isAvailable: (TensorID) -> Bool) {
    let repeated = needed
    let later = Repetition(of: inner, in: training) { tensor in
      inner.leaving.contains(tensor) && (isAvailable(tensor) || repeated.contains(tensor))
    }
    for index in inner.operations.reversed() { repeatIfNeeded(index, isAvailable) }
    needed.formUnion(later.needed.subtracting(inner.made))
  }

  private mutating func repeatIfNeeded(_ index: Int, _ isAvailable: (TensorID) -> Bool) {
    let operation = training.graph.operations[index]
    guard operation.outputs.contains(where: { needed.contains($0) && !isAvailable($0) }) else {
      return
    }
    operations.insert(index)
    needed.formUnion(activations(operation.inputs))
  }

  private func activations(_ tensors: [TensorID]) -> [TensorID] {
    tensors.filter { training[$0].role == .activation }
  }
}
