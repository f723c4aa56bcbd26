import ArgumentParser
import Glibc
import Runner

/// The command line: one file a subcommand; `run` is what `nbrun FILE` means.
@main
struct NBRun: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nbrun",
    abstract: "Runs Markdown notebooks that train neural networks, and writes the results back.",
    discussion: """
      nbrun notebook.md         run what is stale, write the outputs back
      nbrun check notebook.md   is every written output still what the notebook says?
      nbrun diff A B            what differs between two files, revisions or runs

      Exit codes: 0 ok, 1 differences, stale outputs or a failed claim, \
      2 a mistake in the notebook or on the command line, 3 a cell failed, \
      4 a file can't be read or written, 5 memory limit, 130 interrupted.
      """,
    version: Engine.release,
    subcommands: [
      RunCommand.self, CheckCommand.self, PromoteCommand.self, DiffCommand.self, PlanCommand.self,
      WhyCommand.self, ShowCommand.self, RunsCommand.self, QueryCommand.self, ListCommand.self,
      DoctorCommand.self,
      ExportCommand.self, SchemaCommand.self, WatchCommand.self, CacheCommand.self,
      StatusCommand.self,
      GitSetupCommand.self, GitDiffCommand.self, MergeDriverCommand.self, WorkerCommand.self,
    ],
    defaultSubcommand: RunCommand.self)

  /// Parses and runs; usage errors exit with 2, as NOTEBOOK-FORMAT says, not with ArgumentParser's
  /// 64.
  static func main() {
    // A file that grows beyond a limit is an error of its own and no end of the process; so is a
    // reader of the standard error that goes away, as 'head' does.
    signal(SIGXFSZ, SIG_IGN)
    signal(SIGPIPE, SIG_IGN)
    let arguments = Arguments.prepared(Array(CommandLine.arguments.dropFirst()))
    if let message = Arguments.unknownTopic(arguments) { fail(message, code: .invalid) }
    do {
      var command = try parsed(arguments)
      try command.run()
    } catch let code as ArgumentParser.ExitCode {
      // All was said; ArgumentParser would make out what to say once more.
      Glibc.exit(code.rawValue)
    } catch {
      let code = exitCode(for: error)
      if code == .validationFailure {
        fail(Arguments.suggestingSubcommand(fullMessage(for: error), arguments), code: .invalid)
      }
      exit(withError: error)
    }
  }

  /// The command that the arguments mean.
  ///
  /// As the root, ArgumentParser looks into several commands, each by reflection, which is a tenth of
  /// a cached run. So the command that is meant parses alone; what it can't make sense of, be it a
  /// mistake or a wish for help, is the root's to tell.
  private static func parsed(_ arguments: [String]) throws -> any ParsableCommand {
    let subcommands = configuration.subcommands
    let named = subcommands.first { $0.configuration.commandName == arguments.first }
    let rest = named == nil ? arguments : Array(arguments.dropFirst())
    let meant = named ?? (arguments.first == "help" ? nil : configuration.defaultSubcommand)
    if let meant, meant.configuration.subcommands.isEmpty,
      let command = try? meant.parseAsRoot(rest), type(of: command) == meant
    {
      return command
    }
    return try parseAsRoot(arguments)
  }
}
