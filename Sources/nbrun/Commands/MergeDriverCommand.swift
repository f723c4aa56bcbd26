import ArgumentParser
import Runner

/// What git runs as `merge.nbrun.driver`.
struct MergeDriverCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "merge-driver", abstract: "Merge three versions of a notebook for git merge.",
    discussion: """
      The merged notebook takes the place of OURS. Exits with 1 where conflicts are left in what \
      the authors wrote. 'nbrun git-setup' makes git run it.
      """,
    shouldDisplay: false)

  @Argument(help: "The common version.") var base: String
  @Argument(help: "Our version.") var ours: String
  @Argument(help: "Their version.") var theirs: String

  @Option(help: "How long the marks of conflicts are.")
  var markerSize = 7

  @Option(help: "The notebook's path, for messages.")
  var path: String?

  @OptionGroup var display: DisplayOptions

  func perform() throws(RunFault) -> Runner.ExitCode {
    let merge = try NotebookMerge(
      base: base, ours: ours, theirs: theirs, markerSize: markerSize)
    if !merge.dropped.isEmpty, !display.quiet {
      let cells = merge.dropped.joined(separator: ", ")
      writeToStandardError(
        "nbrun: \(path ?? ours): both sides changed the outputs of \(cells); run it\n")
    }
    return merge.exitCode
  }
}
