import ArgumentParser
import Reporting
import ResultStore
import Runner

/// The command `nbrun cache costs`.
struct CacheCostsCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "costs",
    abstract: "List how long operations were measured to take, or forget it.",
    discussion: """
      Plans of cells with 'cost: measured' are made with these times. They are measured once for a \
      processor, its kernels and a number of threads, by 'nbrun run' or 'nbrun plan', and stay until \
      they are forgotten: 'cache gc' and 'cache clear' leave them. A stored result keeps those that \
      its own plan was made with.
      """)

  @Flag(help: "Forget them: the next plan that needs them has them measured again.")
  var forget = false

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var store: StoreOptions
  @OptionGroup var display: DisplayOptions

  func perform() throws(RunFault) -> Runner.ExitCode {
    let costs = try CacheCosts(storePath: store.path)
    if json { writeToStandardOutput(costs.json.text) }
    if forget {
      let count = try costs.forget()
      if !json { writeToStandardOutput("forgot the times of \(Format.count(count)) operations\n") }
    } else if !json {
      writeToStandardOutput(costs.text)
    }
    return .ok
  }
}

extension CacheCosts {
  /// A table for each machine.
  fileprivate var text: String {
    guard !costs.isEmpty else { return "nothing was measured yet\n" }
    let setups = Dictionary(grouping: costs, by: \.setup).sorted {
      ($0.key.processor, $0.key.kernels, $0.key.threads)
        < ($1.key.processor, $1.key.kernels, $1.key.threads)
    }
    return setups.map { setup, costs in
      let heading = "\(setup.processor), \(setup.kernels), \(setup.threads) threads"
      let table = Table(
        columns: [.number("time"), .text("measured"), .text("operation")],
        rows: costs.sorted { ($1.seconds, $0.operation) < ($0.seconds, $1.operation) }.map {
          [
            .plain(TimeUnit.described($0.seconds)), .plain(LocalTime.minute($0.measured)),
            .plain($0.operation),
          ]
        })
      return ([heading] + table.terminalLines).joined(separator: "\n") + "\n"
    }.joined(separator: "\n")
  }
}
