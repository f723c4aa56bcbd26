/// Which examples a batch consists of: a function of seed and batch number alone, so that a
/// continued run needs no generator's state.
///
/// Each epoch is a new permutation of all examples. As with PyTorch's `drop_last`, a last partial
/// batch of an epoch is dropped, or is a batch of its own.
struct BatchOrder {
  /// Examples in all.
  let examples: Int
  /// Examples in a batch.
  let batch: Int
  private let dropsLast: Bool
  private let seed: Int
  private var epoch = -1
  private var permutation: [Int] = []

  /// Where the last batch is kept, a batch of all examples is a whole one.
  init(examples: Int, batch: Int, dropsLast: Bool = true, seed: Int) {
    precondition(examples >= (dropsLast ? batch : 1), "an epoch needs at least one batch")
    self.examples = examples
    self.batch = min(batch, examples)
    self.dropsLast = dropsLast
    self.seed = seed
  }

  /// Batches in an epoch.
  var batchesPerEpoch: Int { examples / batch + (partialBatch == nil ? 0 : 1) }

  /// Examples of an epoch's last batch where it is smaller than the others and not dropped.
  var partialBatch: Int? {
    dropsLast || examples.isMultiple(of: batch) ? nil : examples % batch
  }

  /// The examples of a batch, counted from 0 over all epochs.
  mutating func examples(ofBatch number: Int) -> ArraySlice<Int> {
    let wanted = number / batchesPerEpoch
    if wanted != epoch {
      epoch = wanted
      var stream = RandomStream(seed: seed, stream: wanted)
      permutation = stream.permutation(of: examples)
    }
    let first = number % batchesPerEpoch * batch
    return permutation[first..<min(first + batch, examples)]
  }
}
