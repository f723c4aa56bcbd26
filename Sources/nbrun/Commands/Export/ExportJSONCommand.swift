import ArgumentParser
import Runner

/// The command `nbrun export json NOTEBOOK…`.
struct ExportJSONCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "json", abstract: "Write the records of notebooks as JSON.",
    discussion: "An array of what 'nbrun show --json' prints, each with the notebook's path.")

  @Argument(
    help: ArgumentHelp("Notebooks, or cells of them.", valueName: "file[#id]"),
    completion: .notebooks)
  var addresses: [String]

  @OptionGroup var output: ExportOutput
  @OptionGroup var parameters: ParameterOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var display: DisplayOptions

  func perform() throws(RunFault) -> Runner.ExitCode {
    let addresses = addresses.map { CellAddress($0) }
    let export = try RecordExport(addresses, options: try RunOptions(parameters, store))
    show(export.warnings)
    try output.write(export.json.text, from: addresses)
    return .ok
  }
}
