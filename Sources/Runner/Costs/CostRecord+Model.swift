import Checkpointing
import Experiment
import Records

extension CostRecord {
  /// What is recorded of costs; nil of those that are the same on every machine.
  init?(_ cost: CostModel) {
    guard !cost.operations.isEmpty else { return nil }
    self.init(operations: cost.operations)
  }
}

extension CostModel {
  /// The costs that a plan was made with.
  init(_ record: CostRecord?) {
    self = .standard
    operations = record?.operations ?? [:]
  }

  /// The costs that a cell's recorded plan was made with; nil where they were measured and no record
  /// tells them.
  init?(of body: TrainCell, recorded record: Record?) {
    if body.needsMeasuredCosts, record?.costs == nil { return nil }
    self.init(record?.costs)
  }
}
