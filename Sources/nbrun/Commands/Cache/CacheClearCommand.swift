import ArgumentParser
import Runner

/// The command `nbrun cache clear`.
struct CacheClearCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "clear",
    abstract: "Remove all stored results, weights and saved steps of the project.",
    discussion: """
      Notebooks stay as they are, with their outputs; every cell runs again. Measured costs stay as \
      well: 'nbrun cache costs' lists and forgets them.
      """)

  @Flag(name: .shortAndLong, help: "Do it; without this it is told what would go.")
  var yes = false

  @OptionGroup var store: StoreOptions
  @OptionGroup var display: DisplayOptions

  func perform() throws(RunFault) -> Runner.ExitCode {
    let contents: CacheContents
    do throws(RunFault) {
      contents = try CacheContents(storePath: store.path)
    } catch {
      // A store that can't be read can be thrown away all the same.
      guard yes, case .store = error else { throw error }
      writeToStandardOutput("removed \(try CacheContents.discardStore(path: store.path))\n")
      return .ok
    }
    let collection = CacheCollection(all: contents)
    writeToStandardOutput(try collection.carriedOut(dryRun: !yes, verbose: display.verbose))
    if !yes, !collection.isEmpty { writeToStandardOutput("nothing was removed: add --yes\n") }
    return .ok
  }
}
