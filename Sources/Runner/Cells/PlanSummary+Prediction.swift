import Checkpointing
import Experiment
import ModelGraph
import Records
import Training

extension PlanSummary {
  /// Compiles a step for each policy of a setup, and asks the planner for its ways; runs nothing.
  ///
  /// - Parameters:
  ///   - limit: bytes that a step may reserve, in place of the notebook's limits.
  ///   - cost: what the planner's plans are made with.
  /// - Throws: `ModelFault` when the model can't be lowered.
  init(
    predicting body: PlanCell, model: ModelSpec, limit: Int?, cost: CostModel, threads: Int
  ) throws(ModelFault) {
    func options(_ policy: CheckpointPolicy) -> TrainingOptions {
      body.options(policy, limit: limit, cost: cost, threads: threads)
    }
    let training = try TrainingGraph(
      lowering: model, batch: body.batch, options: options(.none))
    let frontier = Frontier(training, options: options(.none))
    var rows: [Row] = []
    for policy in body.policies {
      let options = options(policy)
      var row = Row(
        Program(training: training, options: options, frontier: frontier), policy: policy,
        offload: body.offload, useless: UselessSegments(training, options: options))
      var unlimited = options
      unlimited.memoryLimit = nil
      row.unmetBudget = unlimited.limit(for: training).flatMap {
        row.memory.reserved > $0 ? $0 : nil
      }
      if let limit {
        row.largestBatch =
          try BatchSearch(model: model, options: options, limit: limit).largest() ?? 0
      }
      rows.append(row)
    }
    self.init(rows: rows, ways: frontier.points().map(Way.init), limit: limit)
  }
}

extension PlanCell {
  /// How the step of one of its policies is compiled.
  func options(
    _ policy: CheckpointPolicy, limit: Int?, cost: CostModel, threads: Int
  ) -> TrainingOptions {
    TrainingOptions(
      policy: policy, optimizer: optimizer, accumulate: accumulate, clipNorm: clipNorm,
      precision: precision, memoryLimit: limit, offload: offload, cost: cost, threads: threads)
  }
}

extension PlanSummary.Way {
  /// A point of the planner's frontier.
  init(_ point: Frontier.Point) {
    self.init(
      policy: point.policy.description, peak: point.peak, reserved: point.reserved,
      flopsFraction: point.recomputedFraction, disk: point.disk > 0 ? point.disk : nil)
  }
}

extension PlanSummary.Row {
  init(
    _ program: Program, policy: CheckpointPolicy, offload: DiskOffload?, useless: UselessSegments
  ) {
    self.init(
      policy: policy.description,
      memory: MemoryRecord(
        plan: program.memory, reserved: program.reservedBytes, offload: offload),
      recompute: RecomputeRecord(plan: program.memory, useless: useless))
  }
}
