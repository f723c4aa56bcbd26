/// How the runs of a series ended, told in their order.
final class SeriesOutcome {
  private let failed: (Int, RunFault) -> Void
  private let ended: (Int, RunReport) -> Void
  private var codes: [ExitCode?]
  /// Endings that wait for those before them; nil for runs that have no report.
  private var waiting: [Int: RunReport?] = [:]
  private var next = 0

  init(
    count: Int, failed: @escaping (Int, RunFault) -> Void,
    ended: @escaping (Int, RunReport) -> Void
  ) {
    codes = Array(repeating: nil, count: count)
    self.failed = failed
    self.ended = ended
  }

  /// Whether a run has ended, or will not begin.
  func hasEnded(_ index: Int) -> Bool { index < next || waiting[index] != nil }

  /// Notes how a run ended.
  func note(_ index: Int, _ ending: ScheduledRun.Ending) {
    switch ending {
    case .report(let report):
      codes[index] = report.exitCode
      waiting[index] = .some(report)
    case .fault(let fault):
      codes[index] = fault.exitCode
      waiting[index] = .some(nil)
      failed(index, fault)
    case .notBegun: waiting[index] = .some(nil)
    }
    while let ending = waiting.removeValue(forKey: next) {
      if let report = ending { ended(next, report) }
      next += 1
    }
  }

  /// The first failure's code; a run that others interrupted says less than the one that did.
  func exitCode(isStopped: Bool) -> ExitCode {
    let bad = codes.compactMap(\.self).filter { $0 != .ok }
    if isStopped { return .interrupted }
    return bad.first { $0 != .interrupted } ?? bad.first ?? .ok
  }
}
