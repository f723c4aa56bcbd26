import Experiment
import Training

/// Which examples belong to which part of a data set.
struct DataParts {
  /// Examples of each part.
  let counts: (train: Int, validation: Int, test: Int)
  /// All examples: those trained on, then validation, then test.
  let order: [Int]

  /// Splits so many examples, shuffled if the split has a seed.
  init(count: Int, _ split: DataSplit) {
    counts = split.counts(of: count)
    // The streams from 0 on order the batches of an epoch each.
    order =
      split.shuffleSeed.map { seed in
        var stream = RandomStream(seed: seed, stream: -1)
        return stream.permutation(of: count)
      } ?? Array(0..<count)
  }

  /// The examples that are trained on.
  var train: [Int] { Array(order[..<counts.train]) }

  /// The data set of some examples for each part.
  func dataset(ownTest: Examples? = nil, _ part: ([Int]) -> Examples) -> Dataset {
    let end = counts.train + counts.validation
    return Dataset(
      train: part(train), validation: part(Array(order[counts.train..<end])),
      test: ownTest ?? part(Array(order[end...])))
  }
}
