import ModelGraph

/// The values of a step that wait on disk, and where their transfers begin and end.
///
/// A value of the forward pass is written once its last reader there has run, and read before the first
/// later one; one that is computed again, where it waits the longest between two of its readers. In
/// between it takes no memory, but for what is done ahead: a write goes on, and a read begins, while
/// operations run for as long as the transfer takes by the cost model, as far as the step's peak stays
/// what it is without.
struct DiskWaits: Sendable {
  /// The values that wait, in the order in which they are written.
  private(set) var waits: [DiskWait] = []
  /// Seconds of the operations before each step.
  private let starts: [Double]
  /// The first step of the backward pass.
  private let firstBackward: Int

  /// Finds the values that may wait in an order without transfers.
  init(_ order: StepOrder, _ table: StepTable, choice: DiskChoice, accumulates: Bool) {
    var starts = [0.0]
    for step in order.steps {
      starts.append(starts[starts.count - 1] + table.facts[Int(step.operation)].seconds)
    }
    self.starts = starts
    firstBackward = order.steps.firstIndex { $0.phase != .forward } ?? order.steps.count
    waits = candidates(order, table, choice)
    guard !waits.isEmpty else { return }
    let (moved, positions) = order.transferring(waits, table)
    let measured = LiveBytes(table, moved, accumulates: accumulates)
    var live = positions.map { measured.timeline[$0] }
    let peak = max(measured.peak, choice.allowedPeak)
    keepWhatLowersNoPeak(&live, peak: peak)
    writeAhead(&live, peak: peak)
    readAhead(&live, peak: peak)
  }

  // MARK: - Candidates

  /// Values that wait for a later step, with their transfers at once.
  ///
  /// A tensor waits on disk once a pass, where that is the longest, though it may be computed again.
  private func candidates(
    _ order: StepOrder, _ table: StepTable, _ choice: DiskChoice
  ) -> [DiskWait] {
    var uses = Array(repeating: DiskUses(), count: order.values.count)
    for (position, step) in order.steps[..<order.passCount].enumerated() {
      for value in order.operands[order.operands(of: step, table)] {
        uses[Int(value)].note(position, step.phase, firstBackward: firstBackward, starts: starts)
      }
    }
    var longest: [Int32: DiskWait] = [:]
    for (value, tensor) in order.values.enumerated() {
      guard let gap = uses[value].gap, choice.allows(tensor),
        let wait = DiskWait(value, of: tensor, lastUse: gap.last, nextUse: gap.next, table),
        isWorthIt(wait), seconds(of: wait) > longest[tensor].map(seconds) ?? -1
      else { continue }
      longest[tensor] = wait
    }
    return longest.values.sorted { ($0.lastUse, $0.value) < ($1.lastUse, $1.value) }
  }

  /// Whether a value waits for longer than its way to the disk and back takes.
  private func isWorthIt(_ wait: DiskWait) -> Bool {
    !wait.steps.isEmpty && seconds(of: wait) >= wait.writeSeconds + wait.readSeconds
  }

  /// Seconds of the operations during which a value waits.
  private func seconds(of wait: DiskWait) -> Double {
    starts[wait.steps.upperBound] - starts[wait.steps.lowerBound]
  }

  /// Leaves values in memory for which there is room under the peak all the time, the last ones
  /// first: they have the least time for the way.
  private mutating func keepWhatLowersNoPeak(_ live: inout [Int], peak: Int) {
    var rest: [DiskWait] = []
    for wait in waits.reversed() {
      if wait.steps.allSatisfy({ live[$0] + wait.byteCount <= peak }) {
        for step in wait.steps { live[step] += wait.byteCount }
      } else {
        rest.append(wait)
      }
    }
    waits = rest.reversed()
  }

  // MARK: - Ahead

  /// Lets operations run while values are written, one after the other.
  private mutating func writeAhead(_ live: inout [Int], peak: Int) {
    var ended = 0.0
    for index in waits.indices {
      let wait = waits[index]
      ended = max(ended, starts[wait.lastUse + 1]) + wait.writeSeconds
      var end = wait.writeEnd
      while end < wait.nextUse, starts[end] < ended, live[end] + wait.byteCount <= peak {
        live[end] += wait.byteCount
        end += 1
      }
      waits[index].writeEnd = end
    }
  }

  /// Begins reads as long before they are needed as they take, one after the other.
  private mutating func readAhead(_ live: inout [Int], peak: Int) {
    var begun = Double.infinity
    for index in waits.indices.sorted(by: { waits[$0].nextUse > waits[$1].nextUse }) {
      let wait = waits[index]
      begun = min(begun, starts[wait.nextUse]) - wait.readSeconds
      var begin = wait.readStart
      while begin > max(wait.writeEnd, firstBackward), starts[begin] > begun,
        live[begin - 1] + wait.byteCount <= peak
      {
        begin -= 1
        live[begin] += wait.byteCount
      }
      waits[index].readStart = begin
    }
  }
}
