import ArgumentParser
import Foundation
import Runner

/// The command `nbrun git-setup`.
struct GitSetupCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "git-setup",
    abstract: "Make git diff and git merge understand notebooks.",
    discussion: """
      Sets, in this repository's configuration, a diff command that compares what was written and \
      what was recorded, and a merge driver for which outputs never conflict: where both sides \
      changed one, its cell becomes stale. A line in .gitattributes says for which files; commit \
      it, so that others need the command alone.
      """)

  @Flag(help: "Set up all of your repositories instead of this one.")
  var global = false

  @Flag(help: "Print what would be set, and set nothing.")
  var print = false

  @Flag(help: "Take the settings away again.")
  var remove = false

  @OptionGroup var display: DisplayOptions

  func validate() throws {
    if print, remove { throw ValidationError("--print and --remove exclude each other") }
  }

  func perform() throws(RunFault) -> Runner.ExitCode {
    let program = Bundle.main.executablePath ?? CommandLine.arguments[0]
    let setup = try GitSetup(global ? .global : .local, program: program)
    if print {
      for line in setup.lines { writeToStandardOutput(line + "\n") }
      return .ok
    }
    let changes = remove ? try setup.remove() : try setup.apply()
    guard !display.quiet else { return .ok }
    for change in changes { writeToStandardOutput(change + "\n") }
    if changes.isEmpty { writeToStandardOutput("nothing to change\n") }
    return .ok
  }
}
