import Records
import Reporting
import Runner

extension RunReport {
  /// One line: `11 cells: 2 ran, 9 cached`; those after a failure are `not reached`.
  var summary: String {
    let all = max(cells.count, cells.map(\.count).max() ?? 0)
    func count(_ matches: (CellReport.Outcome) -> Bool) -> Int {
      cells.count { matches($0.outcome) }
    }
    let parts = [
      ("ran", count { if case .ran = $0 { true } else { false } }),
      ("cached", count(\.isCached)),
      ("failed", count { $0.failureCode.map { $0 != "interrupted" } ?? false }),
      ("interrupted", count { $0.failureCode == "interrupted" }),
      ("skipped", count { if case .skipped = $0 { true } else { false } }),
      ("not reached", all - cells.count),
    ].filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }
    let total = "\(all) \(all == 1 ? "cell" : "cells")"
    return parts.isEmpty ? total : "\(total): \(parts.joined(separator: ", "))"
  }
}

extension CellReport.Outcome {
  fileprivate var isCached: Bool {
    switch self {
    case .fresh, .cached: true
    case .ran, .failed, .skipped: false
    }
  }

  fileprivate var failureCode: String? {
    if case .failed(let failure) = self { failure.code } else { nil }
  }
}

extension CellReport {
  /// One line: `[3/11] train gpt-sqrt  40 steps  loss 3.214  peak 412 MiB  76.20 s`.
  var summary: String {
    let place = "[\(index)/\(count)] \(kind.rawValue) \(id)"
    switch outcome {
    case .fresh, .cached: return "\(place)  cached"
    case .skipped(let reason): return "\(place)  skipped: \(reason)"
    case .failed(let failure): return "\(place)  failed: \(failure.message)"
    case .ran(let record):
      return ([place] + record.facts + [TimeUnit.described(seconds)]).joined(separator: "  ")
    }
  }
}

extension Record {
  /// What a line about a training run says.
  fileprivate var facts: [String] {
    guard case .train(let summary) = output else { return [] }
    var facts = ["\(summary.steps) steps"]
    if let loss = metrics["loss"]?.last { facts.append("loss \(Format.fixed(loss, decimals: 3))") }
    if let peak = memory?.measuredPeak { facts.append("peak \(shortSize(peak))") }
    return facts
  }
}

extension RecordedValue {
  /// The value in full, as a claim that fails has to show it.
  var shownExactly: String {
    switch self {
    case .bytes(let bytes): "\(bytes) B (\(Format.size(bytes)))"
    case .count(let count): "\(count)"
    case .number(let number): "\(number)"
    case .seconds(let seconds): "\(seconds) s"
    case .text(let text): text
    }
  }
}

/// A size as a line of progress has room for: whole MiB, where that says enough.
func shortSize(_ bytes: Int) -> String {
  bytes < 10 << 20 ? Format.size(bytes) : "\(Format.count(bytes >> 20)) MiB"
}
