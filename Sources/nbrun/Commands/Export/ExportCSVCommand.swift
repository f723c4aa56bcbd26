import ArgumentParser
import Runner

/// The command `nbrun export csv NOTEBOOK…`.
struct ExportCSVCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "csv", abstract: "Write the records of notebooks as a table.",
    discussion: """
      A row a value, with the columns notebook, cell, kind, current, name, value, unit; with \
      --series a row a measured point: notebook, cell, metric, step, value. Sizes are bytes, times \
      are seconds.
      """)

  @Argument(
    help: ArgumentHelp("Notebooks, or cells of them.", valueName: "file[#id]"),
    completion: .notebooks)
  var addresses: [String]

  @Flag(help: "Write the metrics step by step instead of single values.")
  var series = false

  @OptionGroup var output: ExportOutput
  @OptionGroup var parameters: ParameterOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var display: DisplayOptions

  func perform() throws(RunFault) -> Runner.ExitCode {
    let addresses = addresses.map { CellAddress($0) }
    let export = try RecordExport(addresses, options: try RunOptions(parameters, store))
    show(export.warnings)
    try output.write(series ? export.series : export.values, from: addresses)
    return .ok
  }
}
