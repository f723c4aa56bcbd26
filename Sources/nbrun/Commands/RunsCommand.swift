import ArgumentParser
import Runner

/// The command `nbrun runs [FILE]`.
struct RunsCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "runs", abstract: "List the runs of a notebook, or of the project, latest first.",
    discussion: "A run that computed nothing and changed nothing leaves no entry.")

  @Argument(help: "A notebook; it need not exist any more.", completion: .notebooks)
  var file: String?

  @Option(help: ArgumentHelp("How many.", valueName: "n"))
  var limit = 20

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var store: StoreOptions
  @OptionGroup var display: DisplayOptions

  func validate() throws {
    guard limit > 0 else { throw ValidationError("--limit takes a number above 0, not \(limit)") }
  }

  func perform() throws(RunFault) -> Runner.ExitCode {
    let runs = try RunList(notebook: file, limit: limit, storePath: store.path)
    writeToStandardOutput(json ? runs.json.text : runs.text(showsMachine: display.verbose))
    return .ok
  }
}
