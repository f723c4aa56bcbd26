import ArgumentParser
import ResultStore
import Runner

/// The command `nbrun cache verify`.
struct CacheVerifyCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Read everything that is kept and tell what is damaged.",
    discussion: "Exits with 1 if something is damaged, with 4 if the store can't be read at all.")

  @Flag(help: "Remove what is damaged, so that it is computed again.")
  var repair = false

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var store: StoreOptions
  @OptionGroup var display: DisplayOptions

  func perform() throws(RunFault) -> Runner.ExitCode {
    let verification = try CacheVerification(CacheContents(storePath: store.path))
    writeToStandardOutput(json ? verification.json.text : verification.text)
    guard repair, verification.exitCode != .ok else { return verification.exitCode }
    try verification.repair()
    if !json { writeToStandardOutput("removed what is damaged: it is computed again\n") }
    return verification.complaints.isEmpty ? .ok : .differences
  }
}

extension CacheVerification {
  fileprivate var text: String {
    var lines = complaints.map { "store: \($0)" }
    lines += entries.map { entry in
      let place = [entry.notebook, entry.cell].compactMap(\.self).joined(separator: "#")
      return "result \(entry.key.prefix(8)) of \(place.isEmpty ? "no cell" : place): damaged"
    }
    lines += files.map { "\($0): damaged" }
    lines += dataFiles.map { "\($0): its kept digest is wrong" }
    lines.append(
      exitCode == .ok
        ? "\(entryCount) results and \(fileCount) files are whole"
        : "\(entries.count) of \(entryCount) results and \(files.count) of \(fileCount) files "
          + "are damaged")
    return lines.joined(separator: "\n") + "\n"
  }
}
