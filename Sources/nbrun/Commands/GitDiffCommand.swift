import ArgumentParser
import Glibc
import Reporting
import Runner

/// What git runs as `diff.nbrun.command`, with the arguments that git gives.
struct GitDiffCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "git-diff", abstract: "Compare two versions of a notebook for git diff.",
    discussion: """
      Arguments as of git's external diff commands: path, and of each version file, object name and \
      mode. 'nbrun git-setup' makes git run it.
      """,
    shouldDisplay: false)

  @Argument(parsing: .captureForPassthrough) var arguments: [String]

  var display: DisplayOptions { DisplayOptions() }

  func perform() throws(RunFault) -> Runner.ExitCode {
    // Of an unmerged file git gives the path alone.
    guard arguments.count >= 7 else {
      writeToStandardOutput("* Unmerged path \(arguments.first ?? "")\n")
      return .ok
    }
    let diff = try GitDiff(
      path: arguments[0], before: arguments[1], after: arguments[4],
      options: DiffOptions(usesColor: Self.usesColor), storePath: StoreOptions.pathInEnvironment)
    writeToStandardOutput(diff.text)
    return .ok
  }

  /// Git's pager shows colours, although the standard output is no terminal then.
  private static var usesColor: Bool {
    Terminal.wantsColor(on: STDOUT_FILENO)
      || (getenv("GIT_PAGER_IN_USE") != nil && getenv("NO_COLOR") == nil)
  }
}
