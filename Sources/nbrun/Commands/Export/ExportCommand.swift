import ArgumentParser

/// The command `nbrun export html|json|csv`.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Make web pages of notebooks, or tables of their records.",
    subcommands: [
      ExportHTMLCommand.self, ExportJSONCommand.self, ExportCSVCommand.self,
    ])
}
