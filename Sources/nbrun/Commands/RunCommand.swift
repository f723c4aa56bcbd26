import ArgumentParser
import Diagnostics
import Experiment
import Runner

/// The command `nbrun run FILE…`.
struct RunCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run stale cells and write their outputs back.")

  @Argument(help: "Notebooks; - is the standard input.", completion: .notebooks)
  var files: [String]

  @OptionGroup var parameters: ParameterOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var cache: CacheOptions
  @OptionGroup var display: DisplayOptions

  @Option(
    name: .shortAndLong,
    help: "Write the notebook with its outputs there; - is the standard output.")
  var output: String?

  @Option(help: ArgumentHelp("Run this cell and what it needs only.", valueName: "id"))
  var only: [String] = []

  @Option(help: ArgumentHelp("Leave out what comes before this cell.", valueName: "id"))
  var from: String?

  @Option(help: ArgumentHelp("Leave out this cell and all that need it.", valueName: "id"))
  var skip: [String] = []

  @Option(
    help: ArgumentHelp(
      "Run the cells with this tag ('#| tags: [slow]') and what they need only.", valueName: "tag"))
  var tag: [String] = []

  @Option(
    help: ArgumentHelp(
      "Leave out the cells with this tag and all that need them.", valueName: "tag")
  )
  var skipTag: [String] = []

  @Flag(
    name: .customLong("force"),
    help: "Run all cells although their results are stored; --force=ID one of them.")
  var forcesAll = false

  @Option(name: .customLong("force-cell"), help: .hidden)
  var forced: [String] = []

  @Flag(
    name: [.customShort("k"), .long],
    help: "After a failure run the cells that don't need the failed one.")
  var keepGoing = false

  @Flag(help: "End the run at the first point of a sweep that fails, not after the sweep.")
  var failFast = false

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Cells that run at once, in as many processes.",
      discussion: """
        Points of a sweep and other cells that don't need each other, of all notebooks together; \
        equal cells run once. Numbers don't depend on it; each cell has the notebook's threads, as \
        its memory does, so that --threads 1 goes well with many. Together they reserve no more \
        than --memory-limit and the machine's memory.
        """,
      valueName: "n"))
  var jobs = 1

  @Option(
    help: ArgumentHelp(
      "Run with every combination of these values, print a table and leave the file as it is.",
      valueName: "name=a,b"))
  var sweep: [String] = []

  @Option(
    help: ArgumentHelp(
      "A column of the table of --sweep: gpt.loss.last.", valueName: "cell.value"))
  var show: [String] = []

  @Flag(help: "Write over outputs that were edited by hand.")
  var overwriteEdited = false

  @Flag(help: "Change the notebook although parameters or --cost were given on the command line.")
  var inPlace = false

  @Option(
    help: ArgumentHelp(
      "Seconds to wait for another run of the same notebook.", valueName: "seconds"))
  var lockTimeout: Double = 3600

  @Option(help: ArgumentHelp("Seconds between two saved steps of training.", valueName: "seconds"))
  var saveEvery: Double = 20

  func validate() throws {
    guard output == nil || files.count == 1 else {
      throw ValidationError("--output takes the outputs of one notebook, not of \(files.count)")
    }
    guard sweep.isEmpty || (output == nil && !inPlace) else {
      throw ValidationError("--sweep leaves the notebook as it is: drop --output and --in-place")
    }
    guard sweep.isEmpty == false || show.isEmpty else {
      throw ValidationError("--show names columns of the table that --sweep prints")
    }
    guard (1...256).contains(jobs) else {
      throw ValidationError("--jobs takes 1 to 256, not \(jobs)")
    }
    try validateSeconds(lockTimeout, of: "--lock-timeout")
    try validateSeconds(saveEvery, of: "--save-every")
  }

  func perform() throws(RunFault) -> Runner.ExitCode {
    let inputs = try StandardInput(naming: files).inputs
    let options = try runOptions()
    guard sweep.isEmpty else { return try runSweep(inputs, options) }
    if jobs > 1, inputs.count > 1 { return runTogether(inputs, options) }
    let progress = ProgressLines(display, namesFiles: files.count > 1)
    var code = Runner.ExitCode.ok
    for input in inputs {
      let ended = run(input, options, progress)
      if code == .ok || ended == .interrupted { code = ended }
      if ended == .interrupted || ended != .ok && !keepGoing { break }
    }
    return code
  }

  private func run(
    _ input: NotebookInput, _ options: RunOptions, _ progress: ProgressLines
  ) -> Runner.ExitCode {
    do throws(RunFault) {
      let run = try NotebookRun(
        input, options: options, tell: { progress.show($0, file: input.name) },
        shouldStop: { Interruption.isRequested })
      // Only now: while the run waits for another one, Ctrl-C simply ends it.
      Interruption.install()
      let report = try run.run()
      if let text = report.text { writeToStandardOutput(text) }
      progress.finish(report, of: input)
      return report.exitCode
    } catch {
      progress.show(error.diagnostics.map { suggestingCommand($0, for: input.name) })
      return error.exitCode
    }
  }

  private func runOptions() throws(RunFault) -> RunOptions {
    var options = try RunOptions(parameters, store, cache)
    options.only = Set(only)
    options.from = from
    options.skip = Set(skip)
    options.tags = Set(tag)
    options.skippedTags = Set(skipTag)
    options.force = forcesAll ? .all : forced.isEmpty ? .none : .cells(Set(forced))
    options.keepsGoing = keepGoing
    options.failsFast = failFast
    options.overwritesEdited = overwriteEdited
    options.writesOverridden = inPlace
    // A point of a sweep may have the notebook's own parameters.
    options.leavesNotebook = !sweep.isEmpty
    options.output = output.map { $0 == "-" ? .standardOutput : .file($0) }
    options.lockPatience = lockTimeout
    options.saveInterval = .seconds(saveEvery)
    options.jobs = jobs
    options.worker = ["/proc/self/exe", WorkerCommand.configuration.commandName ?? ""]
    options.command = (["nbrun"] + CommandLine.arguments.dropFirst()).joined(separator: " ")
    return options
  }

  /// A mistyped subcommand looks like a file that isn't there.
  func suggestingCommand(_ diagnostic: Diagnostic, for file: String) -> Diagnostic {
    let commands = NBRun.configuration.subcommands.compactMap { $0.configuration.commandName }
    guard diagnostic.code == "unreadable", file.allSatisfy(\.isLetter),
      let command = nearestWord(to: file, in: commands)
    else { return diagnostic }
    var diagnostic = diagnostic
    diagnostic.notes.append("did you mean 'nbrun \(command)'?")
    return diagnostic
  }
}
