import ArgumentParser
import Records
import Reporting
import Runner

/// The command `nbrun query SQL`.
struct QueryCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "query", abstract: "Ask the store of the project, in SQL.",
    discussion: """
      Views: cell, metric, memory, timing, setting, digest (each notebook's cells as their latest \
      run left them), run, history. One SELECT, read-only.

      nbrun query "SELECT cell, value FROM metric WHERE name = 'loss.last' ORDER BY value"
      """)

  @Argument(help: "A SELECT.")
  var sql: String

  @Option(help: ArgumentHelp("The most rows that are shown.", valueName: "n"))
  var maxRows = 1000

  @Flag(help: "Print JSON: a list of objects.")
  var json = false

  @Flag(help: "Print comma-separated values, numbers in full.")
  var csv = false

  @OptionGroup var store: StoreOptions
  @OptionGroup var display: DisplayOptions

  func validate() throws {
    guard maxRows > 0 else {
      throw ValidationError("--max-rows takes a number above 0, not \(maxRows)")
    }
    if json, csv { throw ValidationError("--json and --csv exclude each other") }
  }

  func perform() throws(RunFault) -> Runner.ExitCode {
    let result = try ProjectQuery(sql, maxRows: maxRows, storePath: store.path).result
    if json {
      writeToStandardOutput(result.json.text)
    } else if csv {
      writeToStandardOutput(result.csv)
    } else {
      writeToStandardOutput(result.table().terminalLines.joined(separator: "\n") + "\n")
    }
    if result.total > result.rows.count, !display.quiet {
      writeToStandardError("nbrun: \(result.rows.count) of \(result.total) rows are shown\n")
    }
    return .ok
  }
}
