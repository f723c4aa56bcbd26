import Checkpointing
import DataFiles
import EngineTestSupport
import Foundation
import Kernels
import ModelGraph
import Records
import TestSupport
import Testing

@testable import Training

@Suite("Saved steps")
struct SavedStepTests {
  private static let steps = 6
  private let folder: TemporaryDirectory
  private let data: Dataset
  private let job: TrainingJob
  private let undisturbed: TrainingOutcome

  init() throws {
    folder = try TemporaryDirectory()
    let model = ModelSpec.smallGPT(blocks: 2, dropout: 0.1)
    data = try Dataset.random(for: model, examples: 9)
    job = TrainingJob.small(model, policy: .every(1), steps: Self.steps).with {
      $0.schedule = .cosine(warmup: 2, floor: 0.1)
      $0.evaluateEvery = 2
    }
    undisturbed = try job.outcome(data)
  }

  private func saved(_ key: String = "key") -> SavedSteps {
    SavedSteps(path: folder.path("deep/er/step"), key: key)
  }

  /// Runs until a step, saves, and ends as a killed process would.
  private func interrupt(at step: Int, _ job: TrainingJob, _ saved: SavedSteps) throws {
    let run = try TrainingRun(job, data: data, kernels: Kernels(threads: 2), saved: saved)
    do throws(TrainingFault) {
      _ = try run.run { $0.step != step }
      Issue.record("the run ended")
    } catch {
      guard case .interrupted(step) = error else {
        Issue.record("\(error)")
        return
      }
    }
  }

  private func finish(_ saved: SavedSteps) throws -> (outcome: TrainingOutcome, steps: [Int]) {
    var steps: [Int] = []
    let run = try TrainingRun(job, data: data, kernels: Kernels(threads: 2), saved: saved)
    let outcome = try run.run {
      steps.append($0.step)
      return true
    }
    return (outcome, steps)
  }

  private func expectUndisturbed(
    _ outcome: TrainingOutcome, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(outcome.digest == undisturbed.digest, sourceLocation: sourceLocation)
    #expect(outcome.metrics == undisturbed.metrics, sourceLocation: sourceLocation)
    #expect(outcome.summary == undisturbed.summary, sourceLocation: sourceLocation)
    #expect(
      outcome.memory.measuredPeak == outcome.memory.plannedPeak, sourceLocation: sourceLocation)
  }

  @Test(
    "A run that stops after any step continues there and ends as if it had not",
    arguments: 1..<steps)
  func continues(step: Int) throws {
    try interrupt(at: step, job, saved())
    let (outcome, steps) = try finish(saved())
    #expect(steps == Array(step + 1...Self.steps))
    expectUndisturbed(outcome)
  }

  @Test("A run that stops after every step ends as if it had not, and its time is the sum of all")
  func everyStep() throws {
    var earlier = 0.0
    for step in 1..<Self.steps {
      try interrupt(at: step, job, saved())
      let header = try #require(try header())
      #expect(header.seconds > earlier)
      earlier = header.seconds
    }
    let (outcome, steps) = try finish(saved())
    #expect(steps == [Self.steps])
    #expect(outcome.timing.total > earlier)
    expectUndisturbed(outcome)
  }

  @Test("A saved step may be continued under another policy and thread count")
  func otherPolicy() throws {
    try interrupt(at: 3, job.with { $0.policy = .none }, saved())
    let run = try TrainingRun(job, data: data, kernels: Kernels(threads: 1), saved: saved())
    expectUndisturbed(try run.run())
  }

  @Test("A saved step of another key is not continued")
  func foreign() throws {
    try interrupt(at: 3, job.with { $0.seed = 99 }, saved("other"))
    let (outcome, steps) = try finish(saved())
    #expect(steps == Array(1...Self.steps))
    expectUndisturbed(outcome)
  }

  @Test("A saved step beyond the run's end is not continued, and leaves no weights behind")
  func beyondTheEnd() throws {
    try interrupt(at: 8, job.with { $0.length = .steps(10) }, saved())
    let (outcome, steps) = try finish(saved())
    #expect(steps == Array(1...Self.steps))
    expectUndisturbed(outcome)
  }

  @Test("A file cut off anywhere is not continued")
  func torn() throws {
    try interrupt(at: 3, job, saved())
    let whole = try folder.bytes("deep/er/step")
    for count in [0, 5, 13, 14, 16, 200, whole.count / 2, whole.count - 32, whole.count - 1] {
      try folder.write("deep/er/step", bytes: Array(whole.prefix(count)))
      #expect(try header() == nil, "\(count) bytes")
    }
    try folder.write("deep/er/step", bytes: whole + [0])
    #expect(try header() == nil)
    expectUndisturbed(try finish(saved()).outcome)
  }

  @Test("A file with any bit changed is not continued")
  func damaged() throws {
    try interrupt(at: 3, job, saved())
    let whole = try folder.bytes("deep/er/step")
    var random = RepeatableGenerator(seed: 4)
    for position in [0, 12, 13, 14, 20, whole.count - 1]
      + (0..<60).map({ _ in Int.random(in: whole.indices, using: &random) })
    {
      var bytes = whole
      bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      try folder.write("deep/er/step", bytes: bytes)
      #expect(try header() == nil, "byte \(position)")
    }
    expectUndisturbed(try finish(saved()).outcome)
  }

  @Test("A step is written beside its place, so that what another process writes there is not hurt")
  func beside() throws {
    let other = "deep/er/step.nbrun-1"
    try folder.write(other, "half")
    try interrupt(at: 3, job, saved())
    let run = try TrainingRun(job, data: data, kernels: Kernels(threads: 2), saved: saved())
    expectUndisturbed(try run.run())
    run.discardSavedStep()
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path("deep/er")) == [
        "step.nbrun-1"
      ])
    #expect(try folder.text(other) == "half")
  }

  @Test("A step is saved although something that was evaluated is infinite")
  func infinite() throws {
    let file = SavedStepFile(path: folder.path("infinite"))
    let points = [MetricSeries.Point(step: 1, value: .infinity)]
    let header = SavedStepFile.Header(
      key: "key", step: 1, lossBits: [], evaluations: ["perplexity": points], times: [],
      seconds: 0, byteCounts: [])
    try file.write(header, regions: [])
    #expect(file.read(key: "key", regions: []) == header)
  }

  @Test("A step that can't be saved is a fault that names the file")
  func notSaved() throws {
    try folder.write("file", "not a folder")
    let path = folder.path("file/step")
    let run = try TrainingRun(
      job, data: data, kernels: Kernels(threads: 2), saved: SavedSteps(path: path, key: "key"))
    do throws(TrainingFault) {
      _ = try run.run { $0.step < 2 }
      Issue.record("the run ended")
    } catch {
      guard case .notSaved(.step, path, .system(SystemFault(code: ENOTDIR))) = error else {
        Issue.record("\(error)")
        return
      }
    }
  }

  @Test("A run whose steps can't be saved goes on, says so once, and saves again once it can")
  func savedAgain() throws {
    try folder.write("file", "not a folder")
    let path = folder.path("file/step")
    let run = try TrainingRun(
      job, data: data, kernels: Kernels(threads: 2),
      saved: SavedSteps(path: path, key: "key", interval: .zero))
    var faults: [TrainingFault] = []
    expectUndisturbed(try run.run(unsaved: { faults.append($0) }))
    #expect(faults.map(\.code) == ["not-saved"])
    do throws(TrainingFault) {
      _ = try run.run { report in
        if report.step == 3 { try? FileManager.default.removeItem(atPath: folder.path("file")) }
        return report.step < 4
      }
      Issue.record("the run ended")
    } catch {
      guard case .interrupted(4) = error else {
        Issue.record("\(error)")
        return
      }
    }
    let rest = try finish(SavedSteps(path: path, key: "key"))
    #expect(rest.steps == [5, 6])
    expectUndisturbed(rest.outcome)
  }

  @Test("Without a place to save, an interrupted run begins anew")
  func runAgain() throws {
    let run = try TrainingRun(job, data: data, kernels: Kernels(threads: 2))
    #expect(throws: TrainingFault.self) { try run.run { $0.step < 3 } }
    expectUndisturbed(try run.run())
  }

  private func header() throws -> SavedStepFile.Header? {
    let run = try TrainingRun(job, data: data, kernels: Kernels(threads: 1), saved: saved())
    return SavedStepFile(path: saved().path).read(key: "key", regions: run.savedRegions)
  }
}
