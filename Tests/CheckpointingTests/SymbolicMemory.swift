import Checkpointing

/// Which value each range of bytes holds: a write forgets every value that it touches.
struct SymbolicMemory {
  private var values: [Program.Region: [Range<Int>: Int]] = [:]

  /// The value that lies in exactly these bytes, whole.
  func value(in slot: Program.Slot) -> Int? { values[slot.region]?[slot.bytes] }

  /// Puts a value in bytes; without one they hold nothing that may be read.
  mutating func write(_ value: Int?, to slot: Program.Slot) {
    let lost = values[slot.region, default: [:]].keys.filter { $0.overlaps(slot.bytes) }
    for range in lost { values[slot.region]?[range] = nil }
    if let value { values[slot.region, default: [:]][slot.bytes] = value }
  }
}

extension Program.Slot {
  /// The bytes in the region.
  var bytes: Range<Int> { offset..<offset + byteCount }

  /// Whether two slots share bytes.
  func overlaps(_ other: Program.Slot) -> Bool {
    region == other.region && bytes.overlaps(other.bytes)
  }
}
