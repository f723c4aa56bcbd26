import ArgumentParser
import Glibc

/// How much is told, and how it looks.
struct DisplayOptions: ParsableArguments {
  @Flag(name: .shortAndLong, help: "Tell errors only.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Tell of cached and skipped cells too.")
  var verbose = false

  @Option(
    help: ArgumentHelp("Colours; auto follows NO_COLOR and CLICOLOR_FORCE.", valueName: "when"))
  var color = ColorChoice.auto

  @Option(help: ArgumentHelp("Progress on the standard error.", valueName: "how"))
  var progress = ProgressChoice.auto

  @Option(
    help: ArgumentHelp(
      "What goes to the standard error: text, or json, an event a line.", valueName: "form"))
  var logFormat = LogFormat.text

  func validate() throws {
    if quiet, verbose { throw ValidationError("--quiet and --verbose exclude each other") }
  }

  /// Whether output to a file descriptor is coloured.
  func usesColor(on descriptor: Int32) -> Bool {
    switch color {
    case .always: true
    case .never: false
    case .auto: Terminal.wantsColor(on: descriptor)
    }
  }

  /// Whether a line that is drawn again and again shows progress.
  var drawsLive: Bool {
    progress == .auto && !quiet && logFormat == .text && Terminal.isInteractive(STDERR_FILENO)
  }

  /// Whether a line tells of each cell that ran.
  var tellsCells: Bool { progress != .none && !quiet }
}

/// When output is coloured.
enum ColorChoice: String, CaseIterable, ExpressibleByArgument {
  case auto, always, never
}

/// What the standard error's lines are.
enum LogFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json
}

/// How progress is shown.
enum ProgressChoice: String, CaseIterable, ExpressibleByArgument {
  case auto, plain, none
}
