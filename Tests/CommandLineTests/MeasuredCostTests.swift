import Foundation
import TestSupport
import Testing

@Suite("cost: measured on the command line")
struct MeasuredCostTests {
  private static let sweep =
    Notebooks.perceptron() + """

      ```yaml {.nbrun-train #points}
      model: net
      data: spirals
      steps: 5
      batch: 8
      checkpoint: minimum
      cost: measured
      sweep: {seed: [1, 2, 3]}
      optimizer: {sgd: {lr: 0.01}}
      ```

      """

  @Test("Cells in processes of their own plan with costs that were measured once, for all of them")
  func jobs() throws {
    let program = try Executable()
    try program.folder.write("a.md", Self.sweep)
    let run = try program.run("a.md", "-j", "3", "--log-format", "json")
    #expect(run.code == 0, "\(run.errors)")
    #expect(run.errors.split(separator: "\n").count { $0.contains("\"measuring\"") } == 1)
    let costs = try (1...3).map {
      try program.record("a.md#points[seed=\($0)]")["costs"] as? [String: Double]
    }
    #expect(costs[0]?.isEmpty == false)
    #expect(costs[1] == costs[0] && costs[2] == costs[0])
    #expect(try program.run("a.md", "-j", "3", "--force").errors.contains("timing") == false)
  }

  @Test("'plan --cost measured' says what it measures, keeps it, and says nothing the next time")
  func plan() throws {
    let program = try Executable()
    try program.folder.write("a.md", Self.sweep)
    let first = try program.run("plan", "a.md", "--cost", "measured")
    #expect(first.code == 0)
    #expect(first.errors.hasPrefix("nbrun: points[seed=1]: timing "), "\(first.errors)")
    let second = try program.run("plan", "a.md", "--cost", "measured")
    #expect(second.errors.isEmpty && second.output == first.output)
    #expect(try program.run("cache", "costs").output.contains("Linear(rows: 8"))
    #expect(try program.run("cache", "costs", "--forget").output.hasPrefix("forgot the times of "))
    #expect(try program.run("cache", "costs").output == "nothing was measured yet\n")
  }
}
