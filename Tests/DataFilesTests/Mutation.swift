import DataFiles
import TestSupport
import Testing

/// Reads mutations of valid files: whatever comes in, a reader gives values or a `DataFileError`.
///
/// A trap would end the process; the printed seed and number of the case find it again.
func fuzz(
  _ what: String, cases: Int = 2000, seed: UInt64 = 20_240_117, from valid: [[UInt8]],
  _ read: (FileBytes) throws(DataFileError) -> Void
) {
  print("fuzz \(what): seed \(seed), \(cases) cases")
  var refused = 0
  for number in 0..<cases {
    var generator = RepeatableGenerator(seed: seed &+ UInt64(number))
    let bytes = mutated(generator.pick(valid), &generator)
    do throws(DataFileError) {
      try read(FileBytes(bytes, name: "\(what) \(number)"))
    } catch {
      refused += 1
      #expect(!error.fault.message.isEmpty && !error.fault.code.isEmpty)
    }
  }
  #expect(refused > cases / 20, "mutations that no reader notices test nothing")
}

/// One to four changes: cuts, flips, insertions, repeated pieces, digits, and extreme numbers.
private func mutated(_ original: [UInt8], _ generator: inout RepeatableGenerator) -> [UInt8] {
  var bytes = original
  for _ in 0..<Int.random(in: 1...4, using: &generator) {
    guard !bytes.isEmpty else { return bytes }
    // Headers are where faults hide: most changes are near the start.
    let end = generator.oneIn(3) ? bytes.count : min(bytes.count, 256)
    let place = Int.random(in: 0..<end, using: &generator)
    switch Int.random(in: 0..<7, using: &generator) {
    case 0: bytes.removeSubrange(place...)
    case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    case 2: bytes[place] = UInt8.random(in: 0...255, using: &generator)
    case 3: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
    case 4: bytes.remove(at: place)
    case 5:
      let piece = bytes[place..<min(bytes.count, place + 12)]
      bytes.insert(contentsOf: piece, at: Int.random(in: 0...bytes.count, using: &generator))
    default: overwrite(&bytes, place, &generator)
    }
  }
  return bytes
}

/// Puts an extreme number, in binary or in digits, over what is there.
private func overwrite(
  _ bytes: inout [UInt8], _ place: Int, _ generator: inout RepeatableGenerator
) {
  let digits = ["9", "-1", "9223372036854775807", "99999999999999999999", "1e400", "4294967296"]
  let piece: [UInt8] =
    switch Int.random(in: 0..<3, using: &generator) {
    case 0: [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]
    case 1: [0xFF, 0xFF, 0xFF, 0xFF]
    default: Array(generator.pick(digits).utf8)
    }
  for (index, byte) in piece.enumerated() where place + index < bytes.count {
    bytes[place + index] = byte
  }
}
