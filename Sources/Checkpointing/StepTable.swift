import ModelGraph

/// Every operation that a step may run, in numbers alone: planning walks through them again and again,
/// and numbers need no reference counting.
struct StepTable: Sendable {
  /// The forward operations, the loss, the backward operations, and the optimizer's.
  private(set) var operations: [Operation] = []
  /// All tensors, those of the optimizer included.
  private(set) var tensors: [TensorDescriptor]
  /// The position of the loss, if there is one.
  private(set) var loss: Int?
  /// The positions of each forward operation's backward operations.
  private(set) var backward: [Range<Int>] = []
  /// The positions of the optimizer's operations.
  private(set) var optimizer = 0..<0
  /// The positions of the transfers of values that may wait on disk, four a value.
  private(set) var transfers = 0..<0
  /// The first of each tensor's transfers; −1 where it stays in memory.
  private var firstTransfers: [Int32] = []
  /// What each operation needs of planning.
  private(set) var facts: [Facts] = []
  /// The tensors of each operation, inputs before outputs, one operation after the other.
  private(set) var operands: [Int32] = []
  /// For each output among the operands what may lie in the same bytes; nothing for an input.
  private(set) var shares: [Share] = []
  /// The size of each tensor.
  private(set) var byteCounts: [Int] = []
  /// The size of each tensor, rounded up to its alignment.
  private(set) var alignedBytes: [Int] = []
  /// The tensors that are no activations, nor gradients.
  private(set) var isPersistent: [Bool] = []
  private let threads: Int
  private let cost: CostModel

  /// An operation in numbers.
  struct Facts: Sendable {
    /// Where its operands begin.
    var firstOperand: Int32
    var inputCount: Int32
    var outputCount: Int32
    /// Bytes of scratch space, staged operands among it.
    var scratchBytes: Int
    /// How long it takes by the cost model.
    var seconds: Double
    var flops: Int
  }

  /// Inputs of an operation whose bytes an output may take.
  struct Share: Sendable {
    /// The input that the output adds to; −1 where there is none.
    var continued: Int32 = -1
    /// Inputs that may be overwritten when nobody reads them any more, and that are as large.
    var replaceable: [Int32] = []
  }

  /// - Parameter loss: the loss of an evaluation; nil for none.
  init(evaluating graph: Graph, loss: Operation?, threads: Int) {
    (tensors, self.threads, cost) = (graph.tensors, threads, .standard)
    for operation in graph.operations { append(operation) }
    if let loss {
      self.loss = operations.count
      append(loss)
    }
    noteTensors()
  }

  init(_ training: TrainingGraph, options: TrainingOptions) {
    (tensors, threads, cost) = (training.tensors, options.threads, options.cost)
    let seconds = cost.seconds(ofForward: training.graph)
    for (operation, seconds) in zip(training.graph.operations, seconds) {
      append(operation, seconds: seconds)
    }
    loss = operations.count
    append(training.loss)
    for group in training.backward {
      let first = operations.count
      for operation in group { append(operation) }
      backward.append(first..<operations.count)
    }
    let first = operations.count
    addOptimizer(options.optimizer, clipNorm: options.clipNorm, training: training)
    optimizer = first..<operations.count
    noteTensors()
    if let offload = options.offload { addTransfers(offload, training) }
  }

  mutating func newTensor(_ descriptor: TensorDescriptor) -> TensorID {
    tensors.append(descriptor)
    return TensorID(tensors.count - 1)
  }

  /// - Parameter seconds: how long it takes; nil for what its flops and bytes take.
  mutating func append(_ operation: Operation, seconds: Double? = nil) {
    let rule = operation.kind.rule
    let staged = Staging(
      rule, inputs: operation.inputs.map(descriptor), outputs: operation.outputs.map(descriptor))
    let scratch = rule.workspaceBytes(threads: threads) + (staged?.byteCount ?? 0)
    facts.append(
      Facts(
        firstOperand: Int32(operands.count), inputCount: Int32(operation.inputs.count),
        outputCount: Int32(operation.outputs.count), scratchBytes: scratch,
        seconds: seconds ?? cost.seconds(of: operation) { tensors[$0.index].byteCount },
        flops: rule.flops))
    operands += (operation.inputs + operation.outputs).map { Int32($0.index) }
    shares += operation.inputs.map { _ in Share() }
    let (continued, replaceable) = (rule.continued, rule.replaceable)
    for (index, output) in operation.outputs.enumerated() {
      shares.append(
        share(of: index, descriptor(output), operation, continued, replaceable))
    }
    operations.append(operation)
  }

  private func descriptor(_ tensor: TensorID) -> TensorDescriptor { tensors[tensor.index] }

  private func share(
    of output: Int, _ result: TensorDescriptor, _ operation: Operation,
    _ continued: [Continuation], _ replaceable: [Continuation]
  ) -> Share {
    if let pair = continued.first(where: { $0.output == output }) {
      return Share(continued: Int32(pair.input))
    }
    guard !result.role.isPersistent else { return Share() }
    let inputs = replaceable.filter { pair in
      let input = descriptor(operation.inputs[pair.input])
      return pair.output == output && input.role == result.role
        && input.byteCount == result.byteCount
    }
    return Share(replaceable: inputs.map { Int32($0.input) })
  }

  private mutating func noteTensors() {
    byteCounts = tensors.map(\.byteCount)
    alignedBytes = byteCounts.map(Placement.aligned)
    isPersistent = tensors.map(\.role.isPersistent)
  }
}

extension StepTable {
  /// Adds the update of every trained parameter, after a common clip factor if gradients are clipped.
  fileprivate mutating func addOptimizer(
    _ optimizer: OptimizerSpec, clipNorm: Float?, training: TrainingGraph
  ) {
    let factor = clipNorm.map { addClipping(limit: $0, training: training) }
    for (parameter, gradient) in zip(training.parameters, training.gradients) {
      let descriptor = training[parameter.tensor]
      let states = optimizer.stateNames.map { name in
        newTensor(
          TensorDescriptor(
            name: "\(descriptor.name).\(name)", layer: descriptor.layer,
            shape: descriptor.shape, role: .optimizerState))
      }
      append(
        Operation(
          kind: .update(optimizer.step(of: descriptor, clips: factor != nil)),
          inputs: [parameter.tensor, gradient] + states + (factor.map { [$0] } ?? []),
          outputs: [], layer: descriptor.layer))
    }
  }

  private mutating func addClipping(limit: Float, training: TrainingGraph) -> TensorID {
    let factor = newTensor(
      TensorDescriptor(name: "clip", layer: "", shape: [1], role: .activationGradient))
    let counts = training.gradients.map { training[$0].count }
    append(
      Operation(
        kind: .clipScale(ClipScale(limit: limit, counts: counts)), inputs: training.gradients,
        outputs: [factor], layer: "optimizer"))
    return factor
  }
}

extension StepTable {
  /// The position of a part of a tensor's way to the disk and back; nil where it stays in memory.
  func transfer(_ part: DiskTransfer.Part, of tensor: Int32) -> Int32? {
    guard !firstTransfers.isEmpty, firstTransfers[Int(tensor)] >= 0 else { return nil }
    return firstTransfers[Int(tensor)] + Int32(part.rawValue)
  }

  /// Adds the transfers of every forward value that is large enough to wait on disk.
  fileprivate mutating func addTransfers(_ offload: DiskOffload, _ training: TrainingGraph) {
    firstTransfers = Array(repeating: -1, count: tensors.count)
    let first = operations.count
    for output in training.graph.operations.flatMap(\.outputs) {
      let descriptor = tensors[output.index]
      guard descriptor.role == .activation, descriptor.byteCount >= max(1, offload.leastBytes)
      else { continue }
      firstTransfers[output.index] = Int32(operations.count)
      for part in DiskTransfer.Part.allCases {
        let makes = part == .readStart
        append(
          Operation(
            kind: .diskTransfer(DiskTransfer(part)), inputs: makes ? [] : [output],
            outputs: makes ? [output] : [], layer: descriptor.layer))
        facts[facts.count - 1].seconds = cost.seconds(of: part, byteCount: descriptor.byteCount)
      }
    }
    transfers = first..<operations.count
  }
}

extension OptimizerSpec {
  fileprivate func step(of parameter: TensorDescriptor, clips: Bool) -> OptimizerStep {
    OptimizerStep(
      count: parameter.count, algorithm: algorithm,
      learningRateScale: learningRateScale(of: parameter.name),
      weightDecay: weightDecay(of: parameter.name), clips: clips)
  }
}
