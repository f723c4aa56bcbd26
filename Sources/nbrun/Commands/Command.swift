import ArgumentParser
import Diagnostics
import Experiment
import Glibc
import Runner

/// A subcommand whose faults become diagnostics and an exit code.
protocol Command: ParsableCommand {
  /// How much is told.
  var display: DisplayOptions { get }

  /// Does the work.
  func perform() throws(RunFault) -> Runner.ExitCode
}

extension Command {
  func run() throws {
    var code: Runner.ExitCode
    do throws(RunFault) {
      code = try perform()
    } catch {
      show(error.diagnostics)
      code = error.exitCode
    }
    if code != .ok { throw ArgumentParser.ExitCode(code.rawValue) }
  }

  /// Prints diagnostics on the standard error; with `--quiet` errors only.
  func show(_ diagnostics: [Diagnostic]) {
    let renderer = DiagnosticRenderer(color: display.usesColor(on: STDERR_FILENO))
    for diagnostic in diagnostics where diagnostic.severity == .error || !display.quiet {
      writeToStandardError(
        display.logFormat == .json
          ? EventLine(diagnostic).text : renderer.render(diagnostic) + "\n")
    }
  }
}

extension RunOptions {
  /// What the options that commands share say.
  ///
  /// - Parameter cache: nil for commands that tell of stored results alone.
  init(
    _ parameters: ParameterOptions, _ store: StoreOptions, _ cache: CacheOptions? = nil
  ) throws(RunFault) {
    self.init()
    overrides = try parameters.overrides()
    settings = parameters.settings
    if let cache { usesStore = !cache.noCache }
    storePath = store.path
  }
}
