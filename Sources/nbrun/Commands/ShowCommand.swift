import ArgumentParser
import Runner

/// The command `nbrun show FILE#ID`.
struct ShowCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show the record of a cell.",
    discussion: "With --json in bytes and seconds, in the shape that NOTEBOOK-FORMAT.md describes.")

  @Argument(help: ArgumentHelp("A notebook's cell.", valueName: "file#id"), completion: .notebooks)
  var address: String

  @Flag(help: "Print JSON.")
  var json = false

  @Flag(help: "Print a model's layers as YAML, to be pasted and edited.")
  var layers = false

  @OptionGroup var parameters: ParameterOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var display: DisplayOptions

  func perform() throws(RunFault) -> Runner.ExitCode {
    if layers {
      writeToStandardOutput(
        try ShownLayers(CellAddress(address), options: try RunOptions(parameters, store)).text)
      return .ok
    }
    let shown = try ShownRecord(
      CellAddress(address), options: try RunOptions(parameters, store))
    if let warning = shown.warning { show([warning]) }
    writeToStandardOutput(json ? shown.json.text : shown.text)
    return .ok
  }
}
