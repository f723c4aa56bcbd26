public import ModelGraph

/// What a training program is compiled from, besides the graph.
public struct TrainingOptions: Hashable, Sendable {
  /// Which values are kept.
  public var policy: CheckpointPolicy
  /// How parameters are updated.
  public var optimizer: OptimizerSpec
  /// Batches whose gradients are added up before an update.
  public var accumulate: Int
  /// The largest gradient norm that is let through.
  public var clipNorm: Float?
  /// What activations are stored as.
  public var precision: Precision
  /// Worker threads: they decide scratch space, never a number.
  public var threads: Int

  /// Creates options.
  public init(
    policy: CheckpointPolicy, optimizer: OptimizerSpec, accumulate: Int = 1,
    clipNorm: Float? = nil, precision: Precision = .f32, threads: Int
  ) {
    self.policy = policy
    self.optimizer = optimizer
    self.accumulate = accumulate
    self.clipNorm = clipNorm
    self.precision = precision
    self.threads = threads
  }
}

extension Program {
  /// Compiles a step of training.
  public init(training: TrainingGraph, options: TrainingOptions) {
    let tree = SegmentTree(policy: options.policy, training: training)
    var builder = ScheduleBuilder(training, tree: tree)
    builder.addOptimizer(options.optimizer, clipNorm: options.clipNorm, training: training)
    self.init(
      builder.schedule, graph: training.graph, loss: training.loss.outputs[0],
      gradients: training.gradients, accumulate: options.accumulate, threads: options.threads)
  }

  /// Compiles an evaluation: a forward pass with its loss, for which checkpointing means nothing.
  public init(evaluating graph: Graph, threads: Int) {
    var graph = graph
    let loss = graph.addEvaluationLoss()
    let builder = ScheduleBuilder(evaluating: graph, loss: loss)
    self.init(
      builder.schedule, graph: graph, loss: loss.outputs[0], gradients: [], accumulate: 1,
      threads: threads)
  }

  private init(
    _ schedule: Schedule, graph: Graph, loss: TensorID, gradients: [TensorID], accumulate: Int,
    threads: Int
  ) {
    let map = StorageMap(schedule, accumulates: accumulate > 1)
    let layout = Layout(schedule, map: map, threads: threads)
    passCount = schedule.passCount
    regionBytes = layout.regionBytes
    instructions = schedule.operations.indices.map { layout.instruction(at: $0) }
    initializations = graph.parameters.map(\.initialization)
    parameters = graph.parameters.map { layout.placed($0.tensor) }
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
