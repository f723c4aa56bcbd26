import Records
import Reporting
import ResultStore
import Runner

extension RunList {
  /// A row a run; on request with the machine, the command and what was not committed.
  func text(showsMachine: Bool) -> String {
    guard !entries.isEmpty else { return "no runs\n" }
    var columns: [Table.Column] = [
      .number("run"), .text("date"), .text("notebook"), .number("ran"), .number("cached"),
      .number("failed"), .text("commit"), .text("environment"),
    ]
    if showsMachine { columns += [.text("machine"), .text("command")] }
    let table = Table(
      columns: columns,
      rows: entries.map { $0.cells + (showsMachine ? $0.machineCells : []) })
    return table.terminalLines.joined(separator: "\n") + "\n"
  }
}

extension RunList.Entry {
  fileprivate var cells: [Table.Cell] {
    let notes =
      (run.finished == nil ? ", unfinished" : "")
      + (run.removedCount > 0 ? ", \(run.removedCount) removed" : "")
    let environment = run.environment.map { "\($0.numerics) \($0.kernels), \($0.threads) threads" }
    return [
      .plain("\(run.identifier)"), .plain(LocalTime.minute(run.started)), .code(run.notebook),
      .plain("\(counts.ran)"), .plain("\(counts.cached)"), .plain("\(counts.failed)"),
      .plain(commit), .plain((environment ?? "–") + notes),
    ]
  }

  /// The commit, and behind a plus the digest of what was not committed.
  private var commit: String {
    guard let commit = run.gitCommit else { return "–" }
    return commit.prefix(8) + (run.gitIsDirty == true ? "+\(run.gitDiff?.prefix(8) ?? "")" : "")
  }

  fileprivate var machineCells: [Table.Cell] {
    let machine = run.machine.map { machine in
      "\(machine.processor ?? "?"), \(machine.cores) cores, \(machine.system), "
        + "nbrun \(machine.release), SQLite \(machine.sqlite)"
    }
    return [.plain(machine ?? "–"), .code(run.command)]
  }
}
