import ArgumentParser
import Runner

/// The command `nbrun promote FILE…`.
struct PromoteCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "promote",
    abstract: "Accept what 'check --rerun' gave: FILE.corrected takes the place of FILE.",
    discussion: """
      The results go into the store too, so that the next run keeps them. A notebook that changed \
      since it was checked is left as it is.
      """)

  @Argument(help: "Notebooks.", completion: .notebooks)
  var files: [String]

  @OptionGroup var parameters: ParameterOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var display: DisplayOptions

  func perform() throws(RunFault) -> Runner.ExitCode {
    var options = try RunOptions(parameters, store)
    options.command = (["nbrun"] + CommandLine.arguments.dropFirst()).joined(separator: " ")
    let progress = ProgressLines(display)
    var code = Runner.ExitCode.ok
    for name in files {
      do throws(RunFault) {
        _ = try Promotion(name, options: options) { progress.show($0, file: name) }
        if !display.quiet { writeToStandardOutput("\(name): promoted\n") }
      } catch {
        show(error.diagnostics)
        if code == .ok { code = error.exitCode }
      }
    }
    return code
  }
}
