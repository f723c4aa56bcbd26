import ArgumentParser
import Foundation
import Records
import Reporting
import ResultStore
import Runner

/// The command `nbrun cache ls`.
struct CacheListCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "ls", abstract: "List stored results and files, latest first.")

  @Option(help: ArgumentHelp("Rows of results; --json has all of them.", valueName: "n"))
  var limit = 50

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var store: StoreOptions
  @OptionGroup var display: DisplayOptions

  func validate() throws {
    guard limit > 0 else { throw ValidationError("--limit takes a number above 0, not \(limit)") }
  }

  func perform() throws(RunFault) -> Runner.ExitCode {
    let contents = try CacheContents(storePath: store.path)
    writeToStandardOutput(json ? contents.json.text : contents.text(limit: limit))
    return .ok
  }
}

extension CacheContents {
  fileprivate func text(limit: Int) -> String {
    var lines: [String] = []
    if !entries.isEmpty {
      let table = Table(
        columns: [
          .text("key"), .text("kind"), .text("cell"), .text("stored"), .number("size"),
          .text("used"),
        ], rows: entries.prefix(limit).map(\.cells))
      lines += table.terminalLines
      if entries.count > limit { lines.append("… and \(entries.count - limit) more: --limit") }
      lines.append("")
    }
    if !files.isEmpty {
      let table = Table(
        columns: [.text("file"), .text("kind"), .number("size"), .text("used")],
        rows: files.map { file in
          [
            .plain(file.path), .plain(file.kind), .plain(Format.size(file.bytes)),
            .plain(file.isReferenced ? "yes" : "no"),
          ]
        })
      lines += table.terminalLines + [""]
    }
    let fileBytes = files.reduce(0) { $0 + $1.bytes }
    lines.append(
      "\(entries.count) results, store \(Format.size(storeBytes)); "
        + "\(files.count) files, \(Format.size(fileBytes))")
    return lines.joined(separator: "\n") + "\n"
  }
}

extension CacheContents.Entry {
  fileprivate var cells: [Table.Cell] {
    let place = [stored.notebook, stored.cell].compactMap(\.self).joined(separator: "#")
    let use = isReferenced ? "yes" : stored.isSuperseded ? "no, superseded" : "no"
    return [
      .code(String(stored.key.prefix(8))), .plain(stored.kind?.rawValue ?? "?"),
      .code(place.isEmpty ? "–" : place), .plain(LocalTime.minute(stored.created)),
      .plain(Format.size(stored.bytes)), .plain(stored.isFailure ? "\(use), failed" : use),
    ]
  }
}
