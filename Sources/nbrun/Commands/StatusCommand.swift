import ArgumentParser
import Records
import Reporting
import Runner

/// The command `nbrun status [FILE…]`.
struct StatusCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Tell which cells are fresh, stale, edited, failed or never run, and why.",
    discussion: "Runs nothing and exits with 0; 'nbrun check' is for scripts.")

  @Argument(
    help: "Notebooks; without any, all that git tracks here and below.",
    completion: .notebooks)
  var files: [String] = []

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var parameters: ParameterOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var display: DisplayOptions

  func perform() throws(RunFault) -> Runner.ExitCode {
    let options = try RunOptions(parameters, store)
    var notebooks: [NotebookStatus] = []
    var code = Runner.ExitCode.ok
    for name in files.isEmpty ? try TrackedNotebooks().paths : files {
      do throws(RunFault) {
        notebooks.append(try NotebookStatus(name, options: options))
      } catch {
        show(error.diagnostics)
        if code == .ok { code = error.exitCode }
      }
    }
    writeToStandardOutput(
      json ? NotebookStatus.json(notebooks).text : notebooks.map(\.text).joined(separator: "\n"))
    return code
  }
}

extension NotebookStatus {
  /// A row a cell, below a line that sums up.
  var text: String {
    let sum = counts.map { "\($0.count) \($0.state.rawValue)" }.joined(separator: ", ")
    guard !cells.isEmpty else { return "\(file): no cells\n" }
    let table = Table(
      columns: [.number("line"), .text("cell"), .text("kind"), .text("state"), .text("why")],
      rows: cells.map { cell in
        [
          .plain("\(cell.line)"), .code(cell.id), .plain(cell.kind.rawValue),
          .plain(cell.state.rawValue), .plain(cell.reason),
        ]
      })
    return "\(file): \(sum)\n" + table.terminalLines.map { "  \($0)\n" }.joined()
  }
}
