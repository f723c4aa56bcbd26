/// Which examples a batch consists of: a function of seed and batch number alone, so that a
/// continued run needs no generator's state.
///
/// Each epoch is a new permutation of all examples; a last partial batch of an epoch is dropped, as with PyTorch's `drop_last`.
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
      var stream = RandomStream(seed: seed, stream: wanted)
      permutation = stream.permutation(of: examples)
    }
    let first = number % batchesPerEpoch * batch
    return permutation[first..<first + batch]
  }
}
