import Records
import Reporting
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
    var table = sweep.table(columns: show)
    var code = Runner.ExitCode.ok
    for (index, point) in points.enumerated() {
      if display.tellsCells {
        writeToStandardError("point \(index + 1)/\(points.count): \(point.name)\n")
      }
      var options = options
      options.overrides += point.overrides
      let (report, fault) = attempt(input, options, progress)
      if table.columns.isEmpty, let report {
        table.columns = ParameterSweep.usualColumns(of: report)
      }
      table.rows.append(sweep.row(of: point, report, fault: fault, columns: table.columns))
      let ended = report?.exitCode ?? fault?.exitCode ?? .ok
      if code == .ok || ended == .interrupted { code = ended }
      if ended == .interrupted || ended != .ok && failFast { break }
    }
    // Rows that came before the columns were known have no values at all.
    for index in table.rows.indices where table.rows[index].values.isEmpty {
      table.rows[index].values = table.columns.map { _ in nil }
    }
    writeToStandardOutput(table.table.terminalLines.joined(separator: "\n") + "\n")
    return code
  }

  private func attempt(
    _ input: NotebookInput, _ options: RunOptions, _ progress: ProgressLines
  ) -> (RunReport?, RunFault?) {
    do throws(RunFault) {
      let run = try NotebookRun(
        input, options: options, tell: { progress.show($0, file: input.name) },
        shouldStop: { Interruption.isRequested })
      Interruption.install()
      let report = try run.run()
      progress.finish(report, of: input)
      return (report, nil)
    } catch {
      progress.show(error.diagnostics)
      return (nil, error)
    }
  }
}
