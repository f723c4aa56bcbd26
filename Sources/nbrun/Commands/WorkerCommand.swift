import ArgumentParser
import Runner

/// The command that `nbrun run -j` starts for the cells of a run; it is of no use to people.
struct WorkerCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "run-cells", abstract: "Run cells for another nbrun.", shouldDisplay: false)

  @OptionGroup var display: DisplayOptions

  func perform() throws(RunFault) -> Runner.ExitCode {
    Interruption.install()
    var worker = JobWorker { Interruption.isRequested }
    try worker.run()
    return .ok
  }
}
