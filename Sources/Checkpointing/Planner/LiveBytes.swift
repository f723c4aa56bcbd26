/// The bytes that live at once in a step.
struct LiveBytes {
  /// The most bytes at any operation, scratch space included.
  private(set) var peak = 0
  /// The bytes at each operation.
  private(set) var timeline: [Int] = []

  /// Adds up what lives, each storage and each scratch space rounded up to its alignment: no arena is
  /// smaller than the peak.
  init(_ table: StepTable, _ order: StepOrder, accumulates: Bool) {
    let storages = StorageSpans(table, order, accumulates: accumulates)
    self.init(storages, table, order, isAligned: true)
  }

  /// - Parameter isAligned: whether sizes are rounded up as in an arena; else they are as
  ///   `MemoryPlan` counts them.
  init(_ storages: StorageSpans, _ table: StepTable, _ order: StepOrder, isAligned: Bool) {
    let byteCounts = isAligned ? table.alignedBytes : table.byteCounts
    var changes = Array(repeating: 0, count: order.steps.count + 1)
    for span in storages.spans {
      changes[Int(span.first)] += byteCounts[Int(span.tensor)]
      changes[Int(span.last) + 1] -= byteCounts[Int(span.tensor)]
    }
    var live = 0
    timeline.reserveCapacity(order.steps.count)
    for (position, step) in order.steps.enumerated() {
      live += changes[position]
      let scratch = table.facts[Int(step.operation)].scratchBytes
      timeline.append(live + (isAligned ? Placement.aligned(scratch) : scratch))
      peak = max(peak, timeline[position])
    }
  }
}
