import Diagnostics
import Runner

extension RunCommand {
  /// Runs each notebook with every combination of the swept parameters, and prints a table of them.
  ///
  /// Points are recorded like all runs, so that another sweep takes what it has in common; the file
  /// stays as it is.
  func runSweep(
    _ inputs: [NotebookInput], _ options: RunOptions
  ) throws(RunFault) -> Runner.ExitCode {
    let points = try ParameterSweep(sweep)
    for input in inputs { try points.check(input, options, columns: show) }
    if jobs > 1 { return runTogether(points, over: inputs, options) }
    var code = Runner.ExitCode.ok
    for input in inputs {
      let ended = run(points, over: input, options)
      if code == .ok || ended == .interrupted { code = ended }
      if ended == .interrupted { break }
    }
    return code
  }

  private func run(
    _ sweep: ParameterSweep, over input: NotebookInput, _ options: RunOptions
  ) -> Runner.ExitCode {
    let progress = ProgressLines(display, namesFiles: files.count > 1)
    let points = sweep.points
    var table = SweepRows(sweep, columns: show)
    var code = Runner.ExitCode.ok
    for (index, point) in points.enumerated() {
      // Events name the point themselves.
      if display.tellsCells, display.logFormat == .text {
        let name = sanitizedForTerminal(point.name)
        writeToStandardError("point \(index + 1)/\(points.count): \(name)\n")
      }
      var options = options
      options.overrides += point.overrides
      var ended: Runner.ExitCode
      do throws(RunFault) {
        let report = try run(point, input, options, progress)
        table.add(report, of: index)
        ended = report.exitCode
      } catch {
        progress.show(error.diagnostics)
        table.add(error, of: index)
        ended = error.exitCode
      }
      if code == .ok || ended == .interrupted { code = ended }
      if ended == .interrupted || ended != .ok && failFast { break }
    }
    writeToStandardOutput(table.text)
    return code
  }

  private func run(
    _ point: ParameterSweep.Point, _ input: NotebookInput, _ options: RunOptions,
    _ progress: ProgressLines
  ) throws(RunFault) -> RunReport {
    let run = try NotebookRun(
      input, options: options, tell: { progress.show($0, file: input.name, point: point.name) },
      shouldStop: { Interruption.isRequested })
    Interruption.install()
    let report = try run.run()
    progress.finish(report, of: input, point: point.name)
    return report
  }
}
