/// Random numbers for data and its order, the same on every machine.
///
/// SplitMix64 (Steele, Lea and Flood 2014, figure 17).
public struct RandomStream: Sendable {
  private var state: UInt64

  /// Starts a stream; different ones of a seed don't overlap in practice.
  public init(seed: Int, stream: Int = 0) {
    state =
      UInt64(bitPattern: Int64(seed)) &+ UInt64(bitPattern: Int64(stream)) &* 0xD1B5_4A32_D192_ED03
      &+ 0x5851_F42D_4C95_7F2D
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number in 0..<bound.
  public mutating func next(below bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// The numbers below `count` in a random order (Fisher-Yates).
  public mutating func permutation(of count: Int) -> [Int] {
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, next(below: last + 1))
    }
    return order
  }

  /// A number in [0, 1).
  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A standard normal number: the sum of twelve uniform ones less six (Irwin–Hall), which needs no
  /// library function whose bits differ between systems.
  public mutating func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + uniform() } }
}
