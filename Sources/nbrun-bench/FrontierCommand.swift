import ArgumentParser
import Checkpointing
import FoundationEssentials
import Kernels
import ModelGraph
import Training

/// Trains with everything kept and within budgets, in turn, and writes what the budgets cost.
struct FrontierCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "frontier",
    abstract: "Times training steps within budgets of memory, in pairs with one that keeps all.")

  @OptionGroup var setup: FrontierSetup

  @Option(
    name: .customLong("cut"), help: "Percent of the activation bytes that have to go; repeatable.")
  var cuts: [Double] = [30, 50, 80]

  @Option(help: "Pairs of runs for each cut.")
  var pairs = 3

  @Option(help: "What the plans weigh recomputation by: model or measured.")
  var cost = Cost.model

  @Option(help: "The report's file.")
  var output = "results/frontier.md"

  /// What plans weigh recomputation by.
  enum Cost: String, ExpressibleByArgument, CaseIterable {
    case model, measured
  }

  func validate() throws {
    guard pairs >= 1 else { throw ValidationError("--pairs must be at least 1") }
    guard !cuts.isEmpty, cuts.allSatisfy({ $0 > 0 && $0 < 100 }) else {
      throw ValidationError("--cut is above 0 and below 100")
    }
  }

  func run() throws {
    let cost = try self.cost == .measured ? measuredCost() : .standard
    let costs = try self.cost == .measured ? Self.file(of: cost) : nil
    defer { costs.map { try? FileManager.default.removeItem(atPath: $0) } }
    let shares = cuts.map { $0 / 100 }
    let plans = try FrontierPlan.plans(setup, cuts: shares, cost: cost)
    let rows = try zip(shares, plans.cut).map { cut, plan in
      FrontierReport.Row(
        cut: cut, plan: plan,
        pairs: try plan.map { try measure($0, all: plans.all, costs: costs) } ?? [])
    }
    let report = FrontierReport(
      machine: .current(), setup: setup, cost: self.cost, all: plans.all, rows: rows)
    try ReportFile(path: output).write(report.markdown)
    print(report.markdown)
  }

  private func measure(
    _ plan: FrontierPlan, all: FrontierPlan, costs: String?
  ) throws -> [FrontierReport.Pair] {
    try (1...pairs).map { number in
      let pair = FrontierReport.Pair(
        all: try measurement(all, costs), budget: try measurement(plan, costs))
      var errors = StandardError()
      print(
        "-\(fixed(100 * plan.cut, digits: 0)) %, pair \(number) of \(pairs):",
        "\(seconds(pair.all.step)) a step, \(seconds(pair.budget.step)) within the budget",
        to: &errors)
      return pair
    }
  }

  private func measurement(
    _ plan: FrontierPlan, _ costs: String?
  ) throws -> FrontierMeasurement {
    let budget = plan.budget.map { ["--budget", "\($0)"] } ?? []
    let costs = costs.map { ["--costs", $0] } ?? []
    return try FrontierMeasurement(running: setup.arguments + budget + costs)
  }

  private func measuredCost() throws -> CostModel {
    let timer = OperationTimer(kernels: try Kernels(threads: setup.threads))
    var cost = CostModel.standard
    for form in try Graph(lowering: setup.model, batch: setup.batch).forms {
      cost.operations[form.text] = try timer.seconds(of: form)
    }
    return cost
  }

  /// A file from which the other processes take the costs, so that all have the same plans.
  private static func file(of cost: CostModel) throws -> String {
    let path = FileManager.default.temporaryDirectory
      .appending(component: "nbrun-bench-\(UUID().uuidString).json").path
    try JSONEncoder().encode(cost.operations).write(to: URL(filePath: path))
    return path
  }
}
