import ModelGraph

/// A step as a policy orders it, before anything has a place.
struct Draft: Sendable {
  let table: StepTable
  let order: StepOrder
  let accumulates: Bool

  /// - Parameter choice: what may wait on disk; by default all, if the options allow for it.
  init(
    _ training: TrainingGraph, ranges: [SegmentRange], facts: ForwardFacts, table: StepTable,
    options: TrainingOptions, choice: DiskChoice? = nil
  ) {
    let tree = SegmentTree(ranges, training: training, facts: facts)
    var order = ScheduleBuilder(
      table, tree: tree, facts: facts, operations: training.graph.operations
    ).order
    if options.optimizer.updatesInBackward { order.moveUpdatesIntoPass(table) }
    accumulates = options.accumulate > 1
    let choice = choice ?? DiskChoice(options)
    if choice != .nothing {
      let disk = DiskWaits(order, table, choice: choice, accumulates: accumulates)
      order = order.transferring(disk.waits, table).0
    }
    (self.table, self.order) = (table, order)
  }

  /// The step that a policy means.
  ///
  /// - Parameter frontier: the graph's ways under these options, where somebody has found them already.
  init(_ training: TrainingGraph, options: TrainingOptions, frontier: Frontier? = nil) {
    switch options.policy {
    case .budget(let budget):
      let frontier = frontier ?? Frontier(training, options: options)
      let bytes = budget.bytes(training, options)
      self = (frontier.fastestStep(within: bytes) ?? frontier.smallestStep()).draft
    case .minimum:
      self = (frontier ?? Frontier(training, options: options)).smallestStep().draft
    default:
      let facts = ForwardFacts(training)
      let ranges = SegmentRange.ranges(of: options.policy, in: training, facts)
      self.init(
        training, ranges: ranges, facts: facts, table: StepTable(training, options: options),
        options: options)
    }
  }

  /// The step with names, kinds and shapes.
  var schedule: Schedule { order.schedule(table) }

  /// Which storage each value lives in.
  func map(_ schedule: Schedule) -> StorageMap { StorageMap(schedule, accumulates: accumulates) }

  /// The most bytes that live at once, each storage rounded up to its alignment: no arena is smaller.
  var peak: Int { LiveBytes(table, order, accumulates: accumulates).peak }

  /// The forward operations that run again.
  var repeatedOperations: [Int] {
    order.steps.filter { $0.phase == .recompute }.map { Int($0.operation) }
  }

  /// Their flops.
  var repeatedFlops: Int {
    repeatedOperations.reduce(0) { $0 + table.facts[$1].flops }
  }

  /// The flops of the step without them.
  var flops: Int {
    order.steps.reduce(0) { sum, step in
      step.phase == .recompute ? sum : sum + table.facts[Int(step.operation)].flops
    }
  }

  /// Seconds of what is computed again.
  var repeatedSeconds: Double {
    order.steps.reduce(0) { sum, step in
      step.phase == .recompute ? sum + table.facts[Int(step.operation)].seconds : sum
    }
  }
}
