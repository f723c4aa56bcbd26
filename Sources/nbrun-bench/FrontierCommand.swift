import ArgumentParser
import Checkpointing
import FoundationEssentials
import Kernels
import ModelGraph
import Training

/// Trains with everything kept and within budgets, a step in turn, and writes what the budgets cost.
struct FrontierCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "frontier",
    abstract: "Times training steps within budgets of memory, in turn with ones that keep all.")

  @OptionGroup var setup: FrontierSetup

  @Option(
    name: .customLong("cut"), help: "Percent of the activation bytes that have to go; repeatable.")
  var cuts: [Double] = [30, 50, 80]

  @Option(help: "What the plans weigh recomputation by: model or measured.")
  var cost = Cost.model

  @Option(help: "The report's file.")
  var output = "results/frontier.md"

  /// What plans weigh recomputation by.
  enum Cost: String, ExpressibleByArgument, CaseIterable {
    case model, measured
  }

  func validate() throws {
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
        pair: try plan.map { try measure($0, costs: costs) })
    }
    let report = FrontierReport(
      machine: .current(), setup: setup, cost: self.cost, all: plans.all, rows: rows)
    try ReportFile(path: output).write(report.markdown)
    print(report.markdown)
  }

  private func measure(_ plan: FrontierPlan, costs: String?) throws -> FrontierPair {
    let budget = ["--budget", "\(plan.budget ?? 0)"]
    let pair = try FrontierPair(
      running: setup.arguments + budget + (costs.map { ["--costs", $0] } ?? []))
    var errors = StandardError()
    print(
      "-\(fixed(100 * plan.cut, digits: 0)) %: \(seconds(pair.all.step)) a step,",
      "\(seconds(pair.budget.step)) within the budget,",
      "\(FrontierReport.percent(pair.extras)) more in pairs", to: &errors)
    return pair
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
