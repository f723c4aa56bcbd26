import ArgumentParser
import Glibc
import Reporting
import Runner

/// The command `nbrun diff [A] [B]`.
struct DiffCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Tell what differs between two files, revisions or runs.",
    discussion: """
      An operand is a file, REV:path as git has it, or the number of a run (42, run:42). With one, \
      it is compared with the work tree; a file alone is compared with its last commit; without \
      any, the last commit of all notebooks here and below is compared with the work tree.

      Exits with 0 if nothing differs, with 1 if something does, with 2 where a notebook can't be \
      planned, so that only its outputs were compared, or is not valid, and with 4 where one can't \
      be read; of several notebooks the others are compared all the same. Times are left out unless \
      asked for, and never count.
      """)

  @Argument(help: ArgumentHelp("The two sides.", valueName: "operand"), completion: .notebooks)
  var operands: [String] = []

  @Option(
    help: ArgumentHelp(
      "How far numbers may lie apart; NAME=… holds for the values of that name.",
      valueName: "bound"),
    transform: NamedBound.init(argument:))
  var atol: [NamedBound] = []

  @Option(
    help: ArgumentHelp(
      "How far numbers may lie apart for their size; NAME=… for the values of that name.",
      valueName: "fraction"),
    transform: NamedBound.init(argument:))
  var rtol: [NamedBound] = []

  @Flag(help: "Show times too.")
  var timings = false

  @Flag(help: "Show values that are the same too.")
  var all = false

  @Flag(help: "Print JSON.")
  var json = false

  @Flag(name: .customLong("md"), help: "Print Markdown.")
  var markdown = false

  @Flag(help: "Print a page of HTML that needs nothing else.")
  var html = false

  @OptionGroup var store: StoreOptions
  @OptionGroup var display: DisplayOptions

  func validate() throws {
    guard operands.count <= 2 else {
      throw ValidationError("diff takes two operands, not \(operands.count)")
    }
    if [json, markdown, html].count(where: \.self) > 1 {
      throw ValidationError("--json, --md and --html exclude each other")
    }
  }

  func perform() throws(RunFault) -> Runner.ExitCode {
    let (bound, bounds) = NamedBound.bounds(absolute: atol, relative: rtol)
    let diff = try NotebookDiff(
      DiffPair.pairs(operands, storePath: store.path), bound: bound, bounds: bounds,
      storePath: store.path)
    show(diff.faults.flatMap(\.diagnostics))
    show(diff.warnings)
    let options = DiffOptions(
      showsAll: all, showsTimings: timings, usesColor: display.usesColor(on: STDOUT_FILENO))
    writeToStandardOutput(text(of: diff.differences, options))
    return diff.exitCode
  }

  private func text(of diff: RecordDiff, _ options: DiffOptions) -> String {
    if json, let text = try? diff.json(options: options) { return text }
    if html { return diff.html(options: options) }
    return markdown ? diff.markdown(options: options) : diff.terminalText(options: options)
  }
}
