import ArgumentParser
import Checkpointing
import Testing

@testable import nbrun_bench

@Suite("The report on the frontier")
struct FrontierReportTests {
  private static func setup(_ arguments: String...) throws -> FrontierSetup {
    try FrontierSetup.parse(arguments)
  }

  private static let small = [
    "--blocks", "4", "--width", "16", "--heads", "2", "--vocabulary", "31", "--context", "32",
    "--batch", "2", "--steps", "2", "--threads", "1",
  ]

  private static func measurement(_ steps: [Double], peak: Int = 100) -> FrontierMeasurement {
    FrontierMeasurement(
      stepSeconds: [9] + steps, peak: peak, losses: "a", weights: "b", kernels: "avx512")
  }

  private static func report(peak: Int = 100) throws -> FrontierReport {
    let mebibyte = 1 << 20
    let all = FrontierPlan(
      cut: 0, budget: nil, activationBytes: 10 * mebibyte, peak: 100, recomputedFraction: 0)
    let plan = FrontierPlan(
      cut: 0.3, budget: 8 * mebibyte, activationBytes: 6 * mebibyte, peak: 100,
      recomputedFraction: 0.05)
    let pair = FrontierPair(
      all: measurement([1, 1, 2, 1]), budget: measurement([1.02, 0.99, 2.04, 1.4], peak: peak))
    return FrontierReport(
      machine: Machine(processor: "Some CPU", cores: 2, memory: 1 << 30, kernel: "Linux 6.1"),
      setup: try setup(), cost: .model, all: all,
      rows: [
        FrontierReport.Row(cut: 0.3, plan: plan, pair: pair),
        FrontierReport.Row(cut: 0.8, plan: nil, pair: nil),
      ])
  }

  @Test(
    "A row has the budget, both step times, and the median and middle half of the pairs' extra times"
  )
  func table() throws {
    let lines = try Self.report().markdown.split(separator: "\n").filter { $0.hasPrefix("| −") }
    #expect(
      lines == [
        "| −30 % | 8 MiB | 6 MiB | 0 MiB | 5.0 % | 1.00 s | 1.21 s | 2.0 % (0.5 to 21.0) | ≤ 3 % |",
        "| −80 % | no plan makes it | – | – | – | – | – | – | ≤ 27 % |",
      ])
  }

  @Test("A peak that is not the planned one is told")
  func laws() throws {
    #expect(try Self.report().markdown.contains("and each reached the very peak"))
    #expect(try Self.report(peak: 101).markdown.contains("**not each** reached"))
  }

  @Test("What a process of its own is told is the whole setup")
  func arguments() throws {
    let setup = try FrontierSetup.parse(Self.small + ["--dropout", "0.25", "--updates", "step"])
    #expect(try FrontierSetup.parse(setup.arguments).arguments == setup.arguments)
    #expect(setup.arguments.count == 20 && setup.dropout == 0.25)
  }

  @Test("A plan for a cut holds at most the rest of the activation bytes, and repeats something")
  func plans() throws {
    let setup = try FrontierSetup.parse(Self.small)
    let (all, cut) = try FrontierPlan.plans(setup, cuts: [0.2, 0.4, 0.999], cost: .standard)
    #expect(all.budget == nil && all.recomputedFraction == 0)
    for plan in cut.prefix(2) {
      let plan = try #require(plan)
      #expect(Double(plan.activationBytes) <= (1 - plan.cut) * Double(all.activationBytes))
      #expect(plan.budget != nil && plan.recomputedFraction > 0)
    }
    #expect(cut.last == .some(nil))
  }
}
