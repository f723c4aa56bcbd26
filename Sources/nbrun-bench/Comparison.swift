/// All that was measured for one workload and way of training: pairs of runs, one of each side.
struct Comparison: Equatable {
  /// What was trained.
  let workload: Workload
  /// The way of training.
  let choice: CheckpointChoice
  /// The runs in order.
  var pairs: [Pair]

  /// Two runs, one directly after the other.
  struct Pair: Equatable {
    var pytorch: Sample
    var nbrun: Sample
  }

  /// nbrun's median step as a multiple of PyTorch's, for each pair.
  var stepRatios: [Double] { pairs.map { $0.nbrun.step / $0.pytorch.step } }

  /// nbrun's peak as a multiple of PyTorch's, for each pair.
  var memoryRatios: [Double] {
    pairs.map { Double($0.nbrun.peakResidentBytes) / Double($0.pytorch.peakResidentBytes) }
  }

  /// The median of all steps of a side, in seconds.
  func step(_ side: KeyPath<Pair, Sample>) -> Double {
    median(pairs.flatMap { $0[keyPath: side].stepSeconds })
  }

  /// The median of a side's peaks, in bytes.
  func peak(_ side: KeyPath<Pair, Sample>) -> Double {
    median(pairs.map { Double($0[keyPath: side].peakResidentBytes) })
  }
}
