import ArgumentParser
import Runner

/// The command that `nbrun run -j` starts for a cell; it is of no use to people.
struct WorkerCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "run-cell", abstract: "Run a cell for another nbrun.", shouldDisplay: false)

  @OptionGroup var display: DisplayOptions

  func perform() throws(RunFault) -> Runner.ExitCode {
    Interruption.install()
    try JobWorker { Interruption.isRequested }.run()
    return .ok
  }
}
