import ModelGraph

/// Works out what a stage costs and what it may hold.
///
/// Stages of the same operations have the same options, so a model of equal blocks is analysed once.
struct StageAnalysis {
  let training: TrainingGraph
  let facts: ForwardFacts
  let threads: Int
  /// What may wait on disk; nil lets nothing.
  let offload: DiskOffload?
  let cost: CostModel
  /// Seconds of each forward operation.
  private let seconds: [Double]
  private let lossSeconds: Double
  private var options: [[OperationKind]: [SaveOption]] = [:]

  /// The most values of a stage of which all choices are tried.
  private static let mostChoices = 6
  /// The most options of a stage; of those with a disk as many again.
  private static let mostOptions = 6

  init(
    _ training: TrainingGraph, _ facts: ForwardFacts, cost: CostModel, threads: Int,
    offload: DiskOffload? = nil
  ) {
    (self.training, self.facts, self.threads) = (training, facts, threads)
    (self.cost, self.offload) = (cost, offload)
    seconds = cost.seconds(ofForward: training.graph)
    lossSeconds = cost.seconds(of: training.loss) { training[$0].byteCount }
  }

  /// The stage of a range of operations; `gradientBytes` of the later ones are already there.
  mutating func stage(_ range: Range<Int>, output: TensorID?, laterGradients: Int) -> Stage {
    let forward = training.graph.operations[range]
    let backward = training.backward[range].joined()
    let movable = output.flatMap { mayWaitOnDisk($0) ? $0 : nil }
    return Stage(
      operations: range, outputBytes: output.map(byteCount) ?? 0, output: movable,
      outputDiskSeconds: movable.map { cost.diskSeconds(byteCount: byteCount($0)) } ?? 0,
      forwardSeconds: range.reduce(0) { $0 + seconds[$1] },
      forwardBytes: forward.map { bytes(of: $0, .activation) }.max() ?? 0,
      backwardBytes: backward.map { bytes(of: $0, .activationGradient) }.max() ?? 0,
      gradientBytes: laterGradients + backward.reduce(0) { $0 + freshGradients($1) },
      laterGradientBytes: laterGradients, options: options(of: range))
  }

  /// The loss as a stage without forward operations: its gradient is there once it has run.
  func lossStage(at position: Int) -> Stage {
    let gradients = freshGradients(training.loss)
    let bytes = bytes(of: training.loss, .activationGradient) + gradients
    let nothing = SaveOption(kept: [], keepsAll: true, byteCount: 0, seconds: 0, repeatedBytes: 0)
    return Stage(
      operations: position..<position, outputBytes: 0, forwardSeconds: lossSeconds,
      forwardBytes: bytes, backwardBytes: 0, gradientBytes: gradients, laterGradientBytes: 0,
      options: [nothing])
  }

  /// Bytes of parameter gradients that an operation begins.
  func freshGradients(_ operation: Operation) -> Int {
    let continued = Set(operation.kind.rule.continued.map(\.output))
    return operation.outputs.enumerated().reduce(0) { sum, output in
      let isFresh =
        !continued.contains(output.offset) && training[output.element].role == .parameterGradient
      return sum + (isFresh ? byteCount(output.element) : 0)
    }
  }

  /// Bytes of an operation's operands of a role, and its scratch space.
  func bytes(of operation: Operation, _ role: TensorRole) -> Int {
    let operands = Set(operation.inputs + operation.outputs).filter { training[$0].role == role }
    return operands.reduce(operation.kind.rule.workspaceBytes(threads: threads)) {
      $0 + byteCount($1)
    }
  }

  private func byteCount(_ tensor: TensorID) -> Int { training[tensor].byteCount }

  // MARK: - Options

  private mutating func options(of range: Range<Int>) -> [SaveOption] {
    let kinds = training.graph.operations[range].map(\.kind)
    if let known = options[kinds] { return known }
    let found = choices(of: range).map { option(range, keeping: $0) }
    let best = found.filter { one in !found.contains { one.isWorse(than: $0) } }
    let held = Self.spread(best.sorted { $0.byteCount > $1.byteCount })
    let result = held + onDisk(held, of: range)
    options[kinds] = result
    return result
  }

  /// A few of many options, evenly spread from the first to the last.
  private static func spread(_ options: [SaveOption]) -> [SaveOption] {
    guard options.count > mostOptions else { return options }
    return (0..<mostOptions).map { options[$0 * (options.count - 1) / (mostOptions - 1)] }
  }

  /// Choices of values to hold.
  ///
  /// Small ones, such as statistics, are always held; beyond a number of values, only choices that hold
  /// the dearest a byte are tried.
  private func choices(of range: Range<Int>) -> [Set<TensorID>] {
    let needed = Set(range.flatMap { facts.needs[$0] }).filter {
      facts.isMade($0, in: range) && !facts.leaves($0, range)
    }
    let largest = needed.map(byteCount).max() ?? 0
    let small = needed.filter { byteCount($0) * 32 < largest }
    let large = needed.subtracting(small).sorted()
    guard large.count > Self.mostChoices else {
      return (0..<(1 << large.count)).map { mask in
        small.union(large.indices.filter { mask & (1 << $0) != 0 }.map { large[$0] })
      }
    }
    let worth = large.sorted { costPerByte($0) > costPerByte($1) }
    return (0...worth.count).map { small.union(worth.prefix($0)) }
  }

  private func costPerByte(_ tensor: TensorID) -> Double {
    seconds[facts.maker(of: tensor)] / Double(byteCount(tensor))
  }

  private func option(_ range: Range<Int>, keeping kept: Set<TensorID>) -> SaveOption {
    let segment = Segment(
      operations: range, nodes: range.map { .operation($0) }, kept: kept, dropped: [])
    let repetition = Repetition(
      of: segment, operations: training.graph.operations, facts: facts
    ) { !facts.isMade($0, in: range) || segment.holds($0, facts) }
    let repeated = repetition.repeated
    let places = range.flatMap { index in
      training.graph.operations[index].outputs.enumerated().compactMap { output in
        kept.contains(output.element)
          ? SaveOption.Place(operation: index - range.lowerBound, output: output.offset) : nil
      }
    }
    return SaveOption(
      kept: Set(places), keepsAll: repeated.isEmpty,
      byteCount: kept.reduce(0) { $0 + byteCount($1) },
      seconds: repeated.reduce(0) { $0 + seconds[$1] },
      repeatedBytes: repeated.flatMap { training.graph.operations[$0].outputs }
        .reduce(0) { $0 + byteCount($1) })
  }
}
