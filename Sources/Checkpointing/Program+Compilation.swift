public import ModelGraph

/// What a training program is compiled from, besides the graph.
public struct TrainingOptions: Hashable, Sendable {
  /// Which values are kept.
  public var policy: CheckpointPolicy
  /// How parameters are updated.
  public var optimizer: OptimizerSpec
  /// Batches whose gradients are added up before an update.
  public var accumulate: Int
  /// Whether batches of other sizes add to the same gradients, which then have a place of their own.
  public var batchesDiffer: Bool
  /// The largest gradient norm that is let through.
  public var clipNorm: Float?
  /// What activations are stored as.
  public var precision: Precision
  /// Bytes that the run may reserve: what an automatic budget is.
  public var memoryLimit: Int?
  /// Whether values may wait for the backward pass on disk, and which; nil keeps all in memory.
  public var offload: DiskOffload?
  /// What recomputation costs, for policies that are left to the planner.
  public var cost: CostModel
  /// Worker threads: they decide scratch space, never a number.
  public var threads: Int

  /// Creates options.
  public init(
    policy: CheckpointPolicy, optimizer: OptimizerSpec, accumulate: Int = 1,
    batchesDiffer: Bool = false, clipNorm: Float? = nil, precision: Precision = .f32,
    memoryLimit: Int? = nil, offload: DiskOffload? = nil, cost: CostModel = .standard,
    threads: Int
  ) {
    self.policy = policy
    self.optimizer = optimizer
    self.accumulate = accumulate
    self.batchesDiffer = batchesDiffer
    self.clipNorm = clipNorm
    self.precision = precision
    self.memoryLimit = memoryLimit
    self.offload = offload
    self.cost = cost
    self.threads = threads
  }

  /// Whether gradients lie in a region of their own: where batches of several sizes add to them.
  var sharesGradients: Bool { batchesDiffer && accumulate > 1 }

  /// The same options with another policy.
  public func with(policy: CheckpointPolicy) -> TrainingOptions {
    var options = self
    options.policy = policy
    return options
  }
}

extension Program {
  /// Compiles a step of training.
  ///
  /// A budget that nothing fits gives the smallest program: whoever set it compares.
  ///
  /// - Parameter frontier: the graph's ways under these options, where somebody has found them already.
  public init(training: TrainingGraph, options: TrainingOptions, frontier: Frontier? = nil) {
    let draft = Draft(training, options: options, frontier: frontier)
    self.init(draft, training: training, options: options)
  }

  init(_ draft: Draft, training: TrainingGraph, options: TrainingOptions) {
    let schedule = draft.schedule
    self.init(
      schedule, map: draft.map(schedule), graph: training.graph, loss: training.loss.outputs[0],
      gradients: training.gradients, threads: options.threads,
      sharesGradients: options.sharesGradients)
  }

  /// Compiles an evaluation: a forward pass with its loss, for which checkpointing means nothing.
  ///
  /// - Parameter hits: the k's for which targets among the k most likely are counted.
  public init(evaluating graph: Graph, hits: [Int] = [], threads: Int) {
    var graph = graph
    let loss = graph.addEvaluationLoss(hits: hits)
    let table = StepTable(evaluating: graph, loss: loss, threads: threads)
    let schedule = ScheduleBuilder(evaluating: table).order.schedule(table)
    self.init(
      schedule, map: StorageMap(schedule, accumulates: false), graph: graph,
      loss: loss.outputs[0], gradients: [], threads: threads)
  }

  /// Compiles some positions of a generation; `result` is where the logits are.
  public init(generating graph: Graph, threads: Int) {
    let table = StepTable(evaluating: graph, loss: nil, threads: threads)
    let schedule = ScheduleBuilder(evaluating: table).order.schedule(table)
    self.init(
      schedule, map: StorageMap(schedule, accumulates: false), graph: graph,
      loss: graph.prediction, gradients: [], threads: threads)
  }

  private init(
    _ schedule: Schedule, map: StorageMap, graph: Graph, loss: TensorID, gradients: [TensorID],
    threads: Int, sharesGradients: Bool = false
  ) {
    let layout = Layout(
      schedule, map: map, threads: threads, sharesGradients: sharesGradients)
    passCount = schedule.passCount
    regionBytes = layout.regionBytes
    instructions = schedule.operations.indices.map { layout.instruction(at: $0) }
    releases = layout.releases
    initializations = graph.parameters.map(\.initialization)
    parameters = graph.parameters.map { layout.placed($0.tensor) }
    statistics = graph.statistics.map { layout.placed($0.tensor) }
    statisticInitializations = graph.statistics.map(\.initialization)
    optimizerStates = schedule.tensors.indices.filter {
      schedule.tensors[$0].role == .optimizerState
    }.map { layout.placed(TensorID($0)) }
    self.gradients = gradients.map { layout.placed($0).slot }
    input = layout.placed(graph.input).slot
    target = layout.placed(graph.target).slot
    self.loss = layout.placed(loss).slot
    paddingMask = graph.paddingMask.flatMap { layout.placedIfUsed($0)?.slot }
    tokenTypes = graph.tokenTypes.flatMap { layout.placedIfUsed($0)?.slot }
    rows = graph[graph.input].shape.first ?? 0
    targetRows = graph.targetRows
    time = graph.time
    memory = MemoryPlan(schedule, map: map, layout: layout, graph: graph)
  }
}
