import ArgumentParser
import Runner

/// The command `nbrun why FILE#ID`.
struct WhyCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "why",
    abstract: "Tell whether a cell would run, and what changed since its recorded key.")

  @Argument(help: ArgumentHelp("A notebook's cell.", valueName: "file#id"))
  var address: String

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var parameters: ParameterOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var display: DisplayOptions

  func perform() throws(RunFault) -> Runner.ExitCode {
    let story = try KeyStory(CellAddress(address), options: try RunOptions(parameters, store))
    writeToStandardOutput(
      json ? story.json.text : story.lines.map { $0 + "\n" }.joined())
    return .ok
  }
}
