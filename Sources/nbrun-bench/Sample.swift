import FoundationEssentials

/// What one measured process came to, its warm-up left out.
struct Sample: Equatable {
  /// Seconds of each step after the first.
  var stepSeconds: [Double]
  /// The first loss: both sides start near the logarithm of the vocabulary's size.
  var firstLoss: Double
  /// Peak resident bytes of the process before the model existed.
  var idleResidentBytes: Int
  /// Peak resident bytes of the process, as the system counted them.
  var peakResidentBytes: Int
  /// What ran, by name.
  var versions: [String: String]

  /// The median step in seconds.
  var step: Double { median(stepSeconds) }
}

extension Sample {
  /// Runs a contender once in a process of its own.
  init(
    of contender: Contender, workload: Workload, choice: CheckpointChoice
  ) throws {
    let command = contender.command(workload, choice)
    let outcome = try ChildProcess(arguments: command).run()
    guard
      let line = outcome.output.split(separator: UInt8(ascii: "\n")).last,
      let measured = try? JSONDecoder().decode(StepMeasurement.self, from: Data(line)),
      measured.stepSeconds.count > 1, let firstLoss = measured.losses.first
    else { throw BenchmarkFault.unreadable(command: command) }
    self.init(
      stepSeconds: Array(measured.stepSeconds.dropFirst()), firstLoss: firstLoss,
      idleResidentBytes: measured.idleResidentBytes,
      peakResidentBytes: outcome.peakResidentBytes, versions: measured.versions)
  }
}

/// The middle value, or the mean of the middle two; NaN of nothing.
func median(_ values: [Double]) -> Double {
  guard !values.isEmpty else { return .nan }
  let sorted = values.sorted()
  let middle = sorted.count / 2
  return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
}
