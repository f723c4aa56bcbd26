import Experiment

/// Runs whose cells share one schedule: of several notebooks, or of one with several parameters.
///
/// So many cells are executed at once as one run would execute, and equal cells once. Reports come in
/// the order of the command line, whichever run ends first, and the exit code is that of the runs one
/// after the other.
public struct RunSeries {
  /// A run of the series.
  public struct Member {
    let input: NotebookInput
    let options: RunOptions
    let sweep: Int
    let tell: (RunEvent) -> Void

    /// - Parameters:
    ///   - sweep: tells the points of one sweep from those of another.
    ///   - tell: hears what happens.
    public init(
      _ input: NotebookInput, options: RunOptions, sweep: Int = 0,
      tell: @escaping (RunEvent) -> Void
    ) {
      self.input = input
      self.options = input.completing(options)
      self.sweep = sweep
      self.tell = tell
    }
  }

  private let bond: RunBond
  private let shouldStop: () -> Bool

  /// Creates a series.
  ///
  /// - Parameters:
  ///   - bond: what a run that ends badly means for the others.
  ///   - shouldStop: asked after each step; true stops all runs after saving their steps.
  public init(bond: RunBond, shouldStop: @escaping () -> Bool) {
    self.bond = bond
    self.shouldStop = shouldStop
  }

  /// Runs all members.
  ///
  /// Notebooks are all checked, and all locks had, before anything runs. Locks are taken in one order
  /// by all processes, so that no two of them wait for each other.
  /// - Parameters:
  ///   - begins: called when all locks are had.
  ///   - failed: hears at once of a member that can't be run.
  ///   - ended: hears of the others as they end, in their order.
  /// - Returns: what all of it means to the caller.
  public func run(
    _ members: [Member], begins: () -> Void, failed: @escaping (Int, RunFault) -> Void,
    ended: @escaping (Int, RunReport) -> Void
  ) -> ExitCode {
    let outcome = SeriesOutcome(count: members.count, failed: failed, ended: ended)
    var preparation = SeriesPreparation(members, bond: bond, outcome: outcome)
    let plans = preparation.plans(shouldStop: shouldStop)
    begins()
    guard let options = members.first?.options else { return .ok }
    var schedule = CellSchedule(
      plans, jobs: options.jobs, worker: options.worker, bond: bond, shouldStop: shouldStop
    ) { outcome.note($0, $1) }
    schedule.runAll()
    return outcome.exitCode(isStopped: schedule.isStopped)
  }
}
