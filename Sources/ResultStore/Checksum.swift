/// Finds damage, not forgery: FNV-1a, 64 bits.
struct Checksum {
  private var hash = 0xCBF2_9CE4_8422_2325 as UInt64

  /// The sum of all that was added.
  var value: Int64 { Int64(bitPattern: hash) }

  mutating func add(_ text: String) {
    var text = text
    // Safe: the bytes are read before they go, and never kept.
    text.withUTF8 { add($0) }
  }

  mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
  }

  mutating func add(_ number: UInt64) {
    add((0..<8).lazy.map { UInt8(truncatingIfNeeded: number >> (8 * $0)) })
  }
}
