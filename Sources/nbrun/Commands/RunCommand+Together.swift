import Runner

extension RunCommand {
  /// Runs several notebooks, whose cells share the processes.
  func runTogether(_ inputs: [NotebookInput], _ options: RunOptions) -> Runner.ExitCode {
    let progress = ProgressLines(display, namesFiles: true)
    let series = RunSeries(bond: .notebooks(keepsGoing: keepGoing)) { Interruption.isRequested }
    let members = inputs.map { input in
      RunSeries.Member(input, options: options) { progress.show($0, file: input.name) }
    }
    // As with one notebook: while the runs wait for locks, Ctrl-C simply ends them.
    return series.run(members, begins: Interruption.install) { index, fault in
      let name = inputs[index].name
      progress.show(fault.diagnostics.map { suggestingCommand($0, for: name) })
    } ended: { index, report in
      if let text = report.text { writeToStandardOutput(text) }
      progress.finish(report, of: inputs[index])
    }
  }

  /// Runs all points of a sweep over notebooks, whose cells share the processes.
  func runTogether(
    _ sweep: ParameterSweep, over inputs: [NotebookInput], _ options: RunOptions
  ) -> Runner.ExitCode {
    let progress = ProgressLines(display, namesFiles: inputs.count > 1, namesPoints: true)
    let points = sweep.points
    let members = inputs.enumerated().flatMap { number, input in
      points.map { point in
        var options = options
        options.overrides += point.overrides
        return RunSeries.Member(input, options: options, sweep: number) {
          progress.show($0, file: input.name, point: point.name)
        }
      }
    }
    var tables = inputs.map { _ in SweepRows(sweep, columns: show) }
    let series = RunSeries(bond: .points(failsFast: failFast)) { Interruption.isRequested }
    let code = series.run(members, begins: Interruption.install) { index, fault in
      progress.show(fault.diagnostics)
      tables[index / points.count].add(fault, of: index % points.count)
    } ended: { index, report in
      let (input, point) = index.quotientAndRemainder(dividingBy: points.count)
      progress.finish(report, of: inputs[input], point: points[point].name)
      tables[input].add(report, of: point)
    }
    for table in tables { writeToStandardOutput(table.text) }
    return code
  }
}
