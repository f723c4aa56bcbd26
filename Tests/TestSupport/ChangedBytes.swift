/// Bytes as an accident might leave them: one to eight changes, each a byte replaced, removed or
/// inserted, or a stretch said twice.
public func changedBytes(_ bytes: [UInt8], _ random: inout RepeatableGenerator) -> [UInt8] {
  var bytes = bytes
  for _ in 0..<Int.random(in: 1...8, using: &random) where bytes.count > 16 {
    let place = Int.random(in: 0..<(bytes.count - 16), using: &random)
    let length = Int.random(in: 1...16, using: &random)
    let byte = UInt8.random(in: 0...255, using: &random)
    switch Int.random(in: 0..<6, using: &random) {
    case 0: bytes.remove(at: place)
    case 1: bytes.insert(byte, at: place)
    case 2: bytes.insert(contentsOf: bytes[place..<(place + length)], at: place)
    default: bytes[place] = byte
    }
  }
  return bytes
}
