import ArgumentParser
import Runner

/// Where exported data goes.
struct ExportOutput: ParsableArguments {
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("A file instead of the standard output.", valueName: "file"))
  var file: String?

  /// Writes a text.
  func write(_ text: String) throws(RunFault) {
    if let file, file != "-" {
      try SiteExport.write(text, to: file)
    } else {
      writeToStandardOutput(text)
    }
  }
}
