/// Which bytes were live when, from the addresses that kernels were handed: the measurement that a
/// plan is held against.
///
/// It knows nothing of the plan.
///
/// A value lives from the write that makes it to its last read; bytes that are read before anything
/// writes them were there before the step, and are taken to stay.
struct AccessLedger {
  private struct Value {
    var addresses: Range<UInt>
    var lifetime: ClosedRange<Int>
  }

  private var finished: [Value] = []
  private var active: [Value] = []
  private var position = 0

  /// - Parameter held: bytes that are there whatever the step does.
  init(held: [Range<UInt>] = []) { held.forEach { read($0) } }

  /// Notes what one operation read and wrote; operations come in order.
  mutating func note(reads: [Range<UInt>], writes: [Range<UInt>]) {
    for addresses in reads where !addresses.isEmpty { read(addresses) }
    for addresses in writes where !addresses.isEmpty {
      write(addresses, continues: reads.contains(addresses))
    }
    position += 1
  }

  /// Notes that bytes are read after the last operation.
  mutating func noteFinalRead(_ addresses: Range<UInt>) {
    position -= 1
    read(addresses)
    position += 1
  }

  private mutating func read(_ addresses: Range<UInt>) {
    for index in active.indices where active[index].addresses.contains(addresses) {
      let lifetime = active[index].lifetime
      active[index].lifetime = lifetime.lowerBound...max(lifetime.upperBound, position)
      return
    }
    // There before the step: from the begin to the end, whatever writes it in between.
    active.append(Value(addresses: addresses, lifetime: 0...Int.max))
  }

  private mutating func write(_ addresses: Range<UInt>, continues: Bool) {
    if continues { return }
    if active.contains(where: { $0.addresses == addresses && $0.lifetime.upperBound == .max }) {
      return
    }
    for value in active where value.addresses.overlaps(addresses) { finished.append(value) }
    active.removeAll { $0.addresses.overlaps(addresses) }
    active.append(Value(addresses: addresses, lifetime: position...position))
  }

  /// The bytes that were live during each operation.
  var timeline: [Int] {
    var changes = Array(repeating: 0, count: position + 1)
    for value in finished + active {
      changes[value.lifetime.lowerBound] += value.addresses.count
      if value.lifetime.upperBound < position {
        changes[value.lifetime.upperBound + 1] -= value.addresses.count
      }
    }
    var live = 0
    return changes.dropLast().map { change in
      live += change
      return live
    }
  }
}

extension Range {
  fileprivate func contains(_ other: Range) -> Bool {
    lowerBound <= other.lowerBound && other.upperBound <= upperBound
  }
}
