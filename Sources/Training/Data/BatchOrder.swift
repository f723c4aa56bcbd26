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
  private let seed: Int
  private var epoch = -1
  private var permutation: [Int] = []

  init(examples: Int, batch: Int, seed: Int) {
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

  private static func permutation(of count: Int, seed: Int, epoch: Int) -> [Int] {
    var stream = RandomStream(seed: seed, stream: epoch)
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, stream.next(below: last + 1))
    }
    return order
  }
}
