import ArgumentParser
import Records
import Reporting
import Runner

/// The command `nbrun ls FILE`.
struct ListCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "ls", abstract: "List a notebook's cells and what their outputs are worth.")

  @Argument(help: "A notebook.", completion: .notebooks)
  var file: String

  @Flag(help: "Print JSON.")
  var json = false

  @Flag(help: "Tell what became of each cell, and why; as 'nbrun status'.")
  var status = false

  @OptionGroup var parameters: ParameterOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var display: DisplayOptions

  func perform() throws(RunFault) -> Runner.ExitCode {
    if status {
      let status = try NotebookStatus(file, options: try RunOptions(parameters, store))
      writeToStandardOutput(json ? NotebookStatus.json([status]).text : status.text)
      return .ok
    }
    let open = try OpenNotebook(
      file, overrides: try parameters.overrides(), settings: parameters.settings)
    show(open.warnings)
    let states = open.cellStates
    writeToStandardOutput(json ? CellState.json(states).text : Self.text(of: states))
    return .ok
  }

  private static func text(of states: [CellState]) -> String {
    guard !states.isEmpty else { return "no cells\n" }
    let table = Table(
      columns: [.number("line"), .text("cell"), .text("kind"), .text("output"), .text("key")],
      rows: states.map { state in
        [
          .plain("\(state.line)"), .code(state.id), .plain(state.kind.rawValue),
          .plain(state.standing.rawValue), .code(String(state.key.prefix(8))),
        ]
      })
    return table.terminalLines.joined(separator: "\n") + "\n"
  }
}
