import ModelGraph

/// What a step takes of memory and of the disk: the numbers of its program, found without compiling it.
struct Footprint: Hashable, Sendable {
  /// Live bytes at the peak, as `MemoryPlan.peak` has them.
  var peak: Int
  /// Bytes that the program reserves.
  var reserved: Int
  /// Bytes of the file in which values wait.
  var disk: Int
}

extension Draft {
  /// What the step takes once everything has a place.
  ///
  /// - Parameter sharesGradients: whether gradients get a region of their own.
  func footprint(sharesGradients: Bool) -> Footprint {
    let storages = StorageSpans(table, order, accumulates: accumulates)
    let live = LiveBytes(storages, table, order, isAligned: false)
    return Footprint(
      peak: live.peak, reserved: reserved(storages, sharesGradients: sharesGradients),
      disk: Placement(fileDemands).byteCount)
  }

  /// The regions that are filled one after the other, and the arena of the step.
  private func reserved(_ storages: StorageSpans, sharesGradients: Bool) -> Int {
    var demands: [Placement.Demand] = []
    var elsewhere = 0
    for span in storages.spans {
      let tensor = Int(span.tensor)
      if table.tensors[tensor].role.region(sharesGradients: sharesGradients) == .step {
        demands.append(
          Placement.Demand(
            byteCount: table.byteCounts[tensor], lifetime: Int(span.first)...Int(span.last)))
      } else {
        elsewhere += table.alignedBytes[tensor]
      }
    }
    for (position, step) in order.steps.enumerated() {
      let scratch = table.facts[Int(step.operation)].scratchBytes
      guard scratch > 0 else { continue }
      demands.append(Placement.Demand(byteCount: scratch, lifetime: position...position))
    }
    return elsewhere + Placement(demands).byteCount
  }

  /// The file's bytes, in the order in which values are written to it.
  private var fileDemands: [Placement.Demand] {
    guard !table.transfers.isEmpty else { return [] }
    var demands: [Placement.Demand] = []
    var places: [Int32: Int] = [:]
    for (position, step) in order.steps.enumerated()
    where table.transfers.contains(Int(step.operation)) {
      let tensor = order.values[Int(order.operands[Int(step.firstOperand)])]
      let first = places[tensor].map { demands[$0].lifetime.lowerBound } ?? position
      let demand = DiskLifetime.demand(
        byteCount: table.byteCounts[Int(tensor)], from: first, to: position)
      if let place = places[tensor] {
        demands[place] = demand
      } else {
        places[tensor] = demands.count
        demands.append(demand)
      }
    }
    return demands
  }
}
