import ArgumentParser
import Reporting
import ResultStore
import Runner

/// The command `nbrun cache gc`.
struct CacheCollectCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "gc", abstract: "Remove what no notebook of the project refers to.",
    discussion: """
      A notebook refers to the results of its cells as they are, and to those that its outputs were \
      written from, in the work tree and in the last commit. Weights, saved steps and figures stay \
      with them. Results for other parameters, and those that a later one took the place of, go.
      """)

  @Flag(help: "Tell what would go, and remove nothing.")
  var dryRun = false

  @Option(
    help: ArgumentHelp("Leave what is younger: 12h, 30d, 2w.", valueName: "age"),
    transform: Age.init(argument:))
  var olderThan: Age?

  @OptionGroup var store: StoreOptions
  @OptionGroup var display: DisplayOptions

  func perform() throws(RunFault) -> Runner.ExitCode {
    let contents = try CacheContents(storePath: store.path)
    let collection = CacheCollection(contents, olderThan: olderThan?.seconds ?? 0)
    if !display.quiet {
      for notebook in contents.invalidNotebooks {
        writeToStandardError(
          "nbrun: \(notebook) is not valid: only what its outputs were written from is kept\n")
      }
    }
    writeToStandardOutput(try collection.carriedOut(dryRun: dryRun, verbose: display.verbose))
    return .ok
  }
}

extension CacheCollection {
  /// Removes what was collected, or not, and tells of it.
  func carriedOut(dryRun: Bool, verbose: Bool) throws(RunFault) -> String {
    guard !isEmpty else { return "nothing to remove\n" + sparing }
    var lines: [String] = []
    if dryRun || verbose {
      lines += entries.map { entry in
        let place = [entry.stored.notebook, entry.stored.cell].compactMap(\.self)
        return "\(entry.stored.key.prefix(8))  \(place.joined(separator: "#"))"
      }
      lines += files.map { "\($0.path)  \($0.kind)" }
    }
    let what = "\(entries.count) results and \(files.count) files"
    if dryRun {
      lines.append("would remove \(what), \(Format.size(bytes))")
    } else {
      lines.append("removed \(what), freed \(Format.size(try remove()))")
    }
    return lines.joined(separator: "\n") + "\n" + sparing
  }

  /// What stays although nothing refers to it.
  private var sparing: String {
    guard spared > 0 else { return "" }
    let stay = spared == 1 ? "1 file that nothing refers to stays" : "\(spared) files stay"
    return "\(stay) until an hour old: a run that goes on may need them\n"
  }
}

/// An age as the command line gives it.
struct Age: Sendable, Equatable {
  /// The age in seconds.
  let seconds: Double

  /// Reads `30d`.
  ///
  /// - Throws: `ValidationError`.
  @Sendable init(argument: String) throws {
    let scales: [Character: Double] = ["m": 60, "h": 3600, "d": 86_400, "w": 604_800]
    guard let unit = argument.last, let scale = scales[unit],
      let number = Double(argument.dropLast()), number >= 0, number.isFinite
    else { throw ValidationError("'\(argument)' is no age; write it like 12h, 30d or 2w") }
    seconds = number * scale
  }
}
