import ArgumentParser
import Runner

/// The command `nbrun show FILE#ID`, or of a run: `nbrun show 3`, `nbrun show 3#ID`.
struct ShowCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show the record of a cell, or of a run.",
    discussion: """
      'nbrun show 3' shows run 3 of 'nbrun runs' and its cells, 'nbrun show 3#ID' what it gave one of \
      them. With --json in bytes and seconds, in the shape that NOTEBOOK-FORMAT.md describes.
      """)

  @Argument(
    help: ArgumentHelp("A notebook's cell, a run, or a run's cell.", valueName: "file#id"),
    completion: .notebooks)
  var address: String

  @Flag(help: "Print JSON.")
  var json = false

  @Flag(help: "Print a model's layers as YAML, to be pasted and edited.")
  var layers = false

  @OptionGroup var parameters: ParameterOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var display: DisplayOptions

  func perform() throws(RunFault) -> Runner.ExitCode {
    let address = CellAddress(address)
    if layers {
      writeToStandardOutput(
        try ShownLayers(address, options: try RunOptions(parameters, store)).text)
      return .ok
    }
    if let run = address.run, address.cell == nil {
      let shown = try ShownRun(run, storePath: store.path)
      writeToStandardOutput(json ? try shown.json().text : shown.text)
      return .ok
    }
    let shown = try ShownRecord(address, options: try RunOptions(parameters, store))
    if let warning = shown.warning { show([warning]) }
    writeToStandardOutput(json ? shown.json.text : shown.text)
    return .ok
  }
}
