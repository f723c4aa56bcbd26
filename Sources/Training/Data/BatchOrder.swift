/// Which examples a batch consists of: a function of seed and batch number alone, so that a
/// continued run needs no generator's state.
///
/// Each epoch is a new permutation of all examples (Fisher-Yates over SplitMix64, Steele et al.
/// 2014); a last partial batch of an epoch is dropped, as with PyTorch's `drop_last`.
struct BatchOrder {
  /// Examples in all.
  let examples: Int
  /// Examples in a batch.
  let batch: Int
  private let seed: UInt64
  private var epoch = -1
  private var permutation: [Int] = []

  init(examples: Int, batch: Int, seed: UInt64) {
    precondition(examples >= batch, "an epoch needs at least one batch")
    self.examples = examples
    self.batch = batch
    self.seed = seed
  }

  /// Batches in an epoch.
  var batchesPerEpoch: Int { examples / batch }

  /// The examples of a batch, counted from 0 over all epochs.
  mutating func examples(ofBatch number: Int) -> ArraySlice<Int> {
    let wanted = number / batchesPerEpoch
    if wanted != epoch {
      epoch = wanted
      permutation = Self.permutation(of: examples, seed: seed, epoch: wanted)
    }
    let first = number % batchesPerEpoch * batch
    return permutation[first..<first + batch]
  }

  private static func permutation(of count: Int, seed: UInt64, epoch: Int) -> [Int] {
    var state = seed &+ UInt64(epoch) &* 0xD1B5_4A32_D192_ED03 &+ 0x5851_F42D_4C95_7F2D
    func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      let other = Int(next().multipliedFullWidth(by: UInt64(last + 1)).high)
      order.swapAt(last, other)
    }
    return order
  }
}
