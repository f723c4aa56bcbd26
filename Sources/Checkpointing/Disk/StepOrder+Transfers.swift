import ModelGraph

extension StepOrder {
  /// The order with the transfers of values that wait on disk; later steps read them as new values.
  ///
  /// Between two steps all writes begin before one is waited for, and the same goes for reads, after
  /// the bytes of the writes are free.
  ///
  /// - Returns: the order, and where each of its steps without transfers now is.
  func transferring(_ waits: [DiskWait], _ table: StepTable) -> (StepOrder, [Int]) {
    var result = StepOrder()
    result.values = values
    result.steps.reserveCapacity(steps.count + 4 * waits.count)
    var positions: [Int] = []
    positions.reserveCapacity(steps.count)
    var current = values.indices.map { Int32($0) }
    var transfers = Self.transfers(waits)[...]
    let firstBackward = steps.firstIndex { $0.phase != .forward } ?? steps.count
    for (position, step) in steps.enumerated() {
      while let transfer = transfers.first, transfer.place <= position {
        transfers.removeFirst()
        let phase: ScheduledOperation.Phase = position <= firstBackward ? .forward : .backward
        result.append(
          transfer.part, of: waits[transfer.wait], phase: phase, table, current: &current)
      }
      if position == passCount { result.passCount = result.steps.count }
      positions.append(result.steps.count)
      result.steps.append(
        Step(
          operation: step.operation, firstOperand: Int32(result.operands.count), phase: step.phase)
      )
      result.operands += operands[operands(of: step, table)].map { current[Int($0)] }
    }
    if passCount == steps.count { result.passCount = result.steps.count }
    return (result, positions)
  }

  /// A part of a wait at its place.
  private struct Transfer {
    let place: Int
    let part: DiskTransfer.Part
    let wait: Int
    /// Reads begin in the order in which they are needed.
    let turn: Int

    func precedes(_ other: Transfer) -> Bool {
      (place, part.rawValue, turn, wait) < (
        other.place, other.part.rawValue, other.turn, other.wait
      )
    }
  }

  private static func transfers(_ waits: [DiskWait]) -> [Transfer] {
    waits.enumerated().flatMap { index, wait in
      [
        Transfer(
          place: wait.lastUse + 1, part: .writeStart, wait: index, turn: wait.lastUse),
        Transfer(place: wait.writeEnd, part: .writeEnd, wait: index, turn: wait.lastUse),
        Transfer(place: wait.readStart, part: .readStart, wait: index, turn: wait.nextUse),
        Transfer(place: wait.nextUse, part: .readEnd, wait: index, turn: wait.nextUse),
      ]
    }
    .sorted { $0.precedes($1) }
  }

  private mutating func append(
    _ part: DiskTransfer.Part, of wait: DiskWait, phase: ScheduledOperation.Phase,
    _ table: StepTable, current: inout [Int32]
  ) {
    guard let operation = table.transfer(part, of: wait.tensor) else { return }
    if part == .readStart {
      current[Int(wait.value)] = Int32(values.count)
      values.append(wait.tensor)
    }
    // What a read puts out is no value of the forward pass.
    let reads = part == .readStart || part == .readEnd
    steps.append(
      Step(
        operation: operation, firstOperand: Int32(operands.count),
        phase: reads ? .backward : phase))
    operands.append(current[Int(wait.value)])
  }
}
