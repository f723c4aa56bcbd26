import ModelGraph

/// What planning asks of a forward pass again and again, as arrays over operations and tensors.
struct ForwardFacts: Sendable {
  /// Forward values that each operation reads.
  let reads: [[TensorID]]
  /// Forward values that the backward operations of each operation read.
  let needs: [[TensorID]]
  /// The operation that makes each tensor; −1 for what is there before.
  private let makers: [Int]
  /// The last forward operation that reads each tensor, −1 if none does; the loss counts as the one
  /// after all.
  private let lastReaders: [Int]

  /// Nothing to plan: an evaluation.
  init() { (reads, needs, makers, lastReaders) = ([], [], [], []) }

  init(_ training: TrainingGraph) {
    let graph = training.graph
    func activations(_ tensors: [TensorID]) -> [TensorID] {
      tensors.filter { training[$0].role == .activation }
    }
    reads = graph.operations.map { activations($0.inputs) }
    needs = training.backward.map { activations($0.flatMap(\.inputs)) }
    var makers = Array(repeating: -1, count: training.tensors.count)
    var lastReaders = makers
    for (index, operation) in graph.operations.enumerated() {
      for output in operation.outputs { makers[output.index] = index }
      for input in operation.inputs { lastReaders[input.index] = index }
    }
    for input in training.loss.inputs { lastReaders[input.index] = graph.operations.count }
    self.makers = makers
    self.lastReaders = lastReaders
  }

  /// How many tensors there are.
  var tensorCount: Int { makers.count }

  /// The operation that makes a tensor; −1 for what is there before.
  func maker(of tensor: TensorID) -> Int { makers[tensor.index] }

  /// The last forward operation that reads a tensor.
  func lastReader(of tensor: TensorID) -> Int { lastReaders[tensor.index] }

  /// Whether a tensor is made by one of the operations.
  func isMade(_ tensor: TensorID, in operations: Range<Int>) -> Bool {
    operations.contains(makers[tensor.index])
  }

  /// Whether a tensor that the operations make is read by later ones.
  func leaves(_ tensor: TensorID, _ operations: Range<Int>) -> Bool {
    lastReaders[tensor.index] >= operations.upperBound
  }
}
