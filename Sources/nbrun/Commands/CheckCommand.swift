import ArgumentParser
import Diagnostics
import Glibc
import Runner

/// The command `nbrun check [FILE…]`.
struct CheckCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Tell which written outputs are stale, edited or contradict their claims.",
    discussion: """
      Runs nothing unless --rerun is given: then every cell runs again, apart from the store, and \
      is compared with what is written. Bits are compared where the recorded environment is this \
      one or the cell grants no tolerance, else what the tolerance grants. Outputs that differ go \
      to FILE.corrected, which 'nbrun promote FILE' accepts.

      Exits with 0 if all is well, with 1 if there are findings.
      """)

  @Argument(
    help: "Notebooks; without any, all that git tracks here and below.",
    completion: .notebooks)
  var files: [String] = []

  @Flag(help: "Run every cell again and compare.")
  var rerun = false

  @Option(help: ArgumentHelp("How findings are printed.", valueName: "format"))
  var format = CheckFormat.text

  @Flag(help: "Print JSON; as --format json.")
  var json = false

  @Option(
    help: ArgumentHelp("With --rerun: seconds to wait for a run.", valueName: "seconds"))
  var lockTimeout: Double = 3600

  @OptionGroup var parameters: ParameterOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var cache: CacheOptions
  @OptionGroup var display: DisplayOptions

  func validate() throws {
    if json, format != .text, format != .json {
      throw ValidationError("--json and --format \(format.rawValue) exclude each other")
    }
    try validateSeconds(lockTimeout, of: "--lock-timeout")
  }

  func perform() throws(RunFault) -> Runner.ExitCode {
    var options = try RunOptions(parameters, store, cache)
    options.lockPatience = lockTimeout
    let names = files.isEmpty ? try TrackedNotebooks().paths : files
    if names.isEmpty, !display.quiet {
      writeToStandardError("git tracks no notebook in this folder: nothing was checked\n")
    }
    var reports: [CheckReport] = []
    var code = Runner.ExitCode.ok
    for name in names {
      let (report, ended) = check(name, options)
      reports.append(report)
      if code == .ok || code == .differences, ended != .ok { code = ended }
      if ended == .interrupted { break }
    }
    write(reports, code)
    return code
  }

  /// Checks a notebook; one that is not valid has a report too.
  private func check(
    _ name: String, _ options: RunOptions
  ) -> (CheckReport, Runner.ExitCode) {
    do throws(RunFault) {
      let check = try NotebookCheck(name, options: options)
      show(check.warnings)
      var report = CheckReport(check)
      guard rerun else { return (report, check.exitCode) }
      let again = try runAgain(name, options)
      report.add(again)
      return (report, again.runExitCode != .ok ? again.runExitCode : report.exitCode)
    } catch {
      show(error.diagnostics)
      return (CheckReport(file: name, errors: error.diagnostics), error.exitCode)
    }
  }

  private func runAgain(
    _ name: String, _ options: RunOptions
  ) throws(RunFault) -> NotebookRerun {
    let progress = ProgressLines(display, namesFiles: files.count != 1)
    Interruption.install()
    let rerun = try NotebookRerun(
      name, options: options, tell: { progress.show($0, file: name) },
      shouldStop: { Interruption.isRequested })
    // What was cut short says nothing about what is written.
    guard rerun.runExitCode != .interrupted else { return rerun }
    if let corrected = rerun.corrected {
      try corrected.write()
    } else {
      CorrectedNotebook.discard(of: name)
    }
    if printFormat == .text, !display.quiet {
      writeToStandardOutput(rerun.text(usesColor: display.usesColor(on: STDOUT_FILENO)))
    }
    return rerun
  }

  private var printFormat: CheckFormat { json ? .json : format }

  private func write(_ reports: [CheckReport], _ code: Runner.ExitCode) {
    switch printFormat {
    case .json: writeToStandardOutput(CheckReport.json(reports).text)
    case .github: for report in reports { writeToStandardOutput(report.githubAnnotations) }
    case .junit: writeToStandardOutput(CheckReport.junit(reports))
    case .text:
      for finding in reports.flatMap(\.findings) {
        writeToStandardOutput(sanitizedForTerminal(finding.text) + "\n")
      }
      if display.verbose, code == .ok { writeToStandardOutput("all outputs are up to date\n") }
    }
  }
}

/// How the findings of a check are printed.
enum CheckFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json, github, junit
}
