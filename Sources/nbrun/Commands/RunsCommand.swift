import ArgumentParser
import Foundation
import Records
import Reporting
import ResultStore
import Runner

/// The command `nbrun runs [FILE]`.
struct RunsCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "runs", abstract: "List the runs of a notebook, or of the project, latest first.",
    discussion: "A run that computed nothing and changed nothing leaves no entry.")

  @Argument(help: "A notebook; it need not exist any more.")
  var file: String?

  @Option(help: ArgumentHelp("How many.", valueName: "n"))
  var limit = 20

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var store: StoreOptions
  @OptionGroup var display: DisplayOptions

  func validate() throws {
    guard limit > 0 else { throw ValidationError("--limit takes a number above 0, not \(limit)") }
  }

  func perform() throws(RunFault) -> Runner.ExitCode {
    let runs = try RunList(notebook: file, limit: limit, storePath: store.path)
    writeToStandardOutput(json ? runs.json.text : runs.text)
    return .ok
  }
}

extension RunList {
  fileprivate var text: String {
    guard !entries.isEmpty else { return "no runs\n" }
    let table = Table(
      columns: [
        .number("run"), .text("date"), .text("notebook"), .number("ran"), .number("cached"),
        .number("failed"), .text("commit"), .text("environment"),
      ], rows: entries.map(\.cells))
    return table.terminalLines.joined(separator: "\n") + "\n"
  }
}

extension RunList.Entry {
  fileprivate var cells: [Table.Cell] {
    let commit = run.gitCommit.map { $0.prefix(8) + (run.gitIsDirty == true ? "+" : "") } ?? "–"
    let environment = run.environment.map { "\($0.numerics) \($0.kernels), \($0.threads) threads" }
    return [
      .plain("\(run.identifier)"), .plain(Self.date(run.started)), .code(run.notebook),
      .plain("\(counts.ran)"), .plain("\(counts.cached)"), .plain("\(counts.failed)"),
      .plain(String(commit)),
      .plain((environment ?? "–") + (run.finished == nil ? ", unfinished" : "")),
    ]
  }

  /// The local time to the minute, in the one order of digits that everybody reads alike.
  private static func date(_ date: Date) -> String {
    let parts = Calendar(identifier: .gregorian)
      .dateComponents([.year, .month, .day, .hour, .minute], from: date)
    func two(_ value: Int?) -> String { (value ?? 0) < 10 ? "0\(value ?? 0)" : "\(value ?? 0)" }
    return "\(parts.year ?? 0)-\(two(parts.month))-\(two(parts.day)) "
      + "\(two(parts.hour)):\(two(parts.minute))"
  }
}
