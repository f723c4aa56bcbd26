import ArgumentParser
import Runner

/// Where exported data goes.
struct ExportOutput: ParsableArguments {
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("A file instead of the standard output.", valueName: "file"))
  var file: String?

  /// Writes a text that was made of notebooks.
  func write(_ text: String, from addresses: [CellAddress]) throws(RunFault) {
    if let file, file != "-" {
      try SiteExport.write(text, to: file, from: addresses.map(\.file))
    } else {
      writeToStandardOutput(text)
    }
  }
}
