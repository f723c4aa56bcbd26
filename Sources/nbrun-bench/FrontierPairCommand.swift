import ArgumentParser
import Checkpointing
import FoundationEssentials
import Kernels
import Training

/// Trains with everything kept and within a budget, a step in turn, and prints what it measured as one
/// line of JSON.
struct FrontierPairCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "frontier-pair",
    abstract: "Trains with everything kept and within a budget, a step in turn.")

  @OptionGroup var setup: FrontierSetup

  @Option(help: "Bytes that a step of the second run may reserve.")
  var budget: Int

  @Option(help: "A JSON file of measured seconds by operation.")
  var costs: String?

  func run() throws {
    var cost = CostModel.standard
    if let costs {
      let data = try Data(contentsOf: URL(filePath: costs))
      cost.operations = try JSONDecoder().decode([String: Double].self, from: data)
    }
    let policies = [.none, CheckpointPolicy.budget(.bytes(budget))]
    let runs = try Turns.taken(by: policies.count) { [setup, cost] number, turns in
      try Self.train(setup, policies[number], cost) { turns.pass(by: number) }
    }
    let pair = FrontierPair(all: runs[0], budget: runs[1])
    print(String(decoding: try JSONEncoder().encode(pair), as: UTF8.self))
  }

  private static func train(
    _ setup: FrontierSetup, _ policy: CheckpointPolicy, _ cost: CostModel,
    afterStep pause: () -> Void
  ) throws -> FrontierMeasurement {
    let kernels = try Kernels(threads: setup.threads)
    let training = try TrainingRun(
      setup.job(policy, cost: cost), data: setup.data(), kernels: kernels)
    var measurement = FrontierMeasurement(
      stepSeconds: [], peak: 0, losses: "", weights: "", kernels: kernels.instructionSet.rawValue)
    let outcome = try training.run { report in
      measurement.stepSeconds.append(report.seconds)
      measurement.peak = report.peak
      pause()
      return true
    }
    measurement.losses = outcome.digest["losses"] ?? ""
    measurement.weights = outcome.digest["weights"] ?? ""
    return measurement
  }
}
