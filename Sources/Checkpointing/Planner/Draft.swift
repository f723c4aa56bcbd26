import ModelGraph

/// A step with the lives of its values, before anything has a place.
struct Draft: Sendable {
  let schedule: Schedule
  let map: StorageMap

  init(
    _ training: TrainingGraph, ranges: [SegmentRange], facts: ForwardFacts,
    options: TrainingOptions
  ) {
    let tree = SegmentTree(ranges, training: training, facts: facts)
    var builder = ScheduleBuilder(training, tree: tree, facts: facts)
    builder.addOptimizer(options.optimizer, clipNorm: options.clipNorm, training: training)
    schedule = builder.schedule
    map = StorageMap(schedule, accumulates: options.accumulate > 1)
  }

  /// The most bytes that live at once, each storage rounded up to its alignment: no arena is smaller.
  func peak(threads: Int) -> Int {
    var changes = Array(repeating: 0, count: schedule.operations.count + 1)
    for storage in map.storages {
      let bytes = Placement.aligned(storage.byteCount)
      changes[storage.lifetime.lowerBound] += bytes
      changes[storage.lifetime.upperBound + 1] -= bytes
    }
    var (live, most) = (0, 0)
    for (position, operation) in schedule.operations.enumerated() {
      live += changes[position]
      let scratch =
        operation.kind.rule.workspaceBytes(threads: threads)
        + (Staging(operation, in: schedule)?.byteCount ?? 0)
      most = max(most, live + Placement.aligned(scratch))
    }
    return most
  }

  /// Seconds of what is computed again.
  func repeatedSeconds(_ cost: CostModel) -> Double {
    schedule.operations.reduce(0) { sum, operation in
      guard operation.phase == .recompute else { return sum }
      let bytes = (operation.inputs + operation.outputs).reduce(0) {
        $0 + schedule.descriptor(of: $1).byteCount
      }
      return sum + Double(operation.kind.rule.flops) / cost.flopsPerSecond
        + Double(bytes) / cost.bytesPerSecond
    }
  }
}
