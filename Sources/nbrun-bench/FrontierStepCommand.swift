import ArgumentParser
import Checkpointing
import FoundationEssentials
import Kernels
import Training

/// Trains once within a budget and prints what it measured as one line of JSON.
struct FrontierStepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "frontier-step",
    abstract: "Trains for a few steps within a budget and prints a line of JSON.")

  @OptionGroup var setup: FrontierSetup

  @Option(help: "Bytes that the step may reserve; without it everything is kept.")
  var budget: Int?

  @Option(help: "A JSON file of measured seconds by operation.")
  var costs: String?

  func run() throws {
    let kernels = try Kernels(threads: setup.threads)
    var cost = CostModel.standard
    if let costs {
      let data = try Data(contentsOf: URL(filePath: costs))
      cost.operations = try JSONDecoder().decode([String: Double].self, from: data)
    }
    let policy = budget.map { CheckpointPolicy.budget(.bytes($0)) } ?? .none
    let training = try TrainingRun(
      setup.job(policy, cost: cost), data: setup.data(), kernels: kernels)
    var measurement = FrontierMeasurement(
      stepSeconds: [], peak: 0, losses: "", weights: "", kernels: kernels.instructionSet.rawValue)
    let outcome = try training.run { report in
      measurement.stepSeconds.append(report.seconds)
      measurement.peak = report.peak
      return true
    }
    measurement.losses = outcome.digest["losses"] ?? ""
    measurement.weights = outcome.digest["weights"] ?? ""
    print(String(decoding: try JSONEncoder().encode(measurement), as: UTF8.self))
  }
}
