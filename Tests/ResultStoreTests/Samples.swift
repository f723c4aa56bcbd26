import FoundationEssentials
import Records
import ResultStore
import TestSupport

/// Records and runs for the tests of this room.
enum Samples {
  static let environment = EnvironmentRecord(
    numerics: "native", kernels: "avx512", threads: 2, engine: "0.1.0")
  static let key = String(repeating: "3f2a9c1e", count: 8)
  static let date = Date(timeIntervalSince1970: 1_700_000_000.125)

  static func run(_ notebook: String = "notebooks/a.md") -> Run {
    Run(
      notebook: notebook, command: "nbrun run \(notebook)", started: date,
      gitCommit: "0123abcd", gitIsDirty: true, environment: environment)
  }

  static func train(
    _ id: String = "gpt", key: String = key, last: Double = 2.5, status: Record.Status = .ok
  ) -> Record {
    let summary = TrainSummary(
      steps: 2, batch: 4, contextLength: 16, parameters: 1_000, policy: "sqrt",
      optimizer: "adamw", seed: 7, epochs: 0.5)
    var record = Record(id: id, kind: .train, status: status, key: key, output: .train(summary))
    record.metrics["loss"] = MetricSeries(points: [
      .init(step: 1, value: 5.5), .init(step: 2, value: last),
    ])
    record.memory = MemoryRecord(
      plannedPeak: 4_096, measuredPeak: 4_096, reserved: 5_000, parameters: 1_000,
      gradients: 1_000, optimizer: 2_000, activations: 64, workspace: 16, inputs: 16, kept: 32,
      peakOperation: "backward block.0", largest: [], layers: [],
      timeline: [
        .init(phase: .forward, persistent: 3_000, gradients: 0, activations: 64, workspace: 16),
        .init(phase: .optimizer, persistent: 3_000, gradients: 1_000, activations: 0, workspace: 0),
      ])
    record.timing = TimingRecord(
      stepMedian: 0.25, forward: 0.1, backward: 0.1, recompute: 0.03, optimizer: 0.02, total: 1)
    record.digest["weights"] = String(repeating: "9b", count: 32)
    record.environment = environment
    return record
  }
}

extension Store {
  /// Saves a record in a run of its own.
  @discardableResult
  func saveAlone(_ record: Record, notebook: String = "notebooks/a.md") throws -> Run.Identifier {
    let run = try begin(Samples.run(notebook))
    try save(record, run: run, at: Samples.date)
    return run
  }
}
