import ModelGraph

extension Draft {
  /// Seconds that transfers to and from the disk add: copying, and what the disk takes longer than the
  /// operations that run meanwhile.
  ///
  /// The disk does one transfer after the other, in the order in which they begin.
  var diskSeconds: Double {
    var (clock, computed, idle) = (0.0, 0.0, 0.0)
    /// When each transfer ends, by the operation that waits for it.
    var ends: [Int32: Double] = [:]
    for step in order.steps {
      let seconds = table.facts[Int(step.operation)].seconds
      guard case .diskTransfer(let transfer) = table.operations[Int(step.operation)].kind else {
        clock += seconds
        computed += seconds
        continue
      }
      switch transfer.part {
      case .writeStart, .readStart:
        clock += seconds
        let end = step.operation + 1
        idle = max(idle, clock) + table.facts[Int(end)].seconds
        ends[end] = idle
      case .writeEnd, .readEnd: clock = max(clock, ends[step.operation] ?? clock)
      }
    }
    return clock - computed
  }
}
