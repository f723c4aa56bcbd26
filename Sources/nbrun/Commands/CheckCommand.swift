import ArgumentParser
import Runner

/// The command `nbrun check [FILE…]`.
struct CheckCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Tell which written outputs are stale, edited or contradict their claims.",
    discussion: "Runs nothing. Exits with 0 if all is well, with 1 if there are findings.")

  @Argument(help: "Notebooks; without any, all that git tracks here and below.")
  var files: [String] = []

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var parameters: ParameterOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var display: DisplayOptions

  func perform() throws(RunFault) -> Runner.ExitCode {
    let options = try RunOptions(parameters, store)
    let names = files.isEmpty ? try TrackedNotebooks().paths : files
    let (checks, failure) = checkAll(names, options)
    if json {
      writeToStandardOutput(NotebookCheck.json(checks).text)
    } else {
      for finding in checks.flatMap(\.findings) { writeToStandardOutput(finding.text + "\n") }
      let isClean = failure == nil && checks.allSatisfy(\.findings.isEmpty)
      if display.verbose, isClean { writeToStandardOutput("all outputs are up to date\n") }
    }
    return failure ?? checks.map(\.exitCode).first { $0 != .ok } ?? .ok
  }

  /// Checks every notebook, also after one that is not valid.
  private func checkAll(
    _ names: [String], _ options: RunOptions
  ) -> ([NotebookCheck], Runner.ExitCode?) {
    var checks: [NotebookCheck] = []
    var failure: Runner.ExitCode?
    for name in names {
      do throws(RunFault) {
        let check = try NotebookCheck(name, options: options)
        show(check.warnings)
        checks.append(check)
      } catch {
        show(error.diagnostics)
        failure = failure ?? error.exitCode
      }
    }
    return (checks, failure)
  }
}
