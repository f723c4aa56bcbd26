import ArgumentParser
import FoundationEssentials
import Glibc
import Kernels
import Training

/// Runs nbrun's side once and prints what it measured as one line of JSON.
struct StepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "step",
    abstract: "Trains for a few steps with nbrun and prints a line of JSON.")

  @Option(help: "What is trained.")
  var workload: Workload

  @Option(help: "What is recomputed: none, every-1 or every-1-in-backward.")
  var policy: CheckpointChoice

  @Option(help: "Training steps.")
  var steps = 4

  @Option(help: "Worker threads.")
  var threads = 2

  func validate() throws {
    guard steps >= 1 else { throw ValidationError("--steps must be at least 1") }
    guard threads >= 1 else { throw ValidationError("--threads must be at least 1") }
  }

  func run() throws {
    let idle = Self.peakResidentBytes()
    let kernels = try Kernels(threads: threads)
    let training = try TrainingRun(
      workload.job(policy: policy.policy, steps: steps), data: workload.data(), kernels: kernels)
    var measurement = StepMeasurement(
      stepSeconds: [], losses: [], idleResidentBytes: idle,
      versions: [
        "nbrun's kernels": kernels.instructionSet.rawValue,
        "nbrun's products": "its own kernels, no BLAS",
      ])
    _ = try training.run { report in
      measurement.stepSeconds.append(report.seconds)
      measurement.losses.append(Double(report.loss))
      return true
    }
    print(String(decoding: try JSONEncoder().encode(measurement), as: UTF8.self))
  }

  private static func peakResidentBytes() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss * 1024
  }
}
