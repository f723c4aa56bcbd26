import ArgumentParser
import Glibc
import Runner

/// The command `nbrun watch FILE…`.
struct WatchCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Run notebooks again whenever they are saved.",
    discussion: """
      What takes little time runs at once. Training cells that will take longer than --limit, by \
      an earlier run or by their operations, wait for a key: a number runs the cell that is shown \
      with it, / and the first letters of its name too, r runs all, q ends. Enter ends a number \
      that may go on and a name, Escape takes it back. Saving a notebook stops what runs, after \
      its step is saved. Without a terminal there are no keys, and such cells wait until they are \
      run by hand.
      """)

  @Argument(help: "Notebooks.", completion: .notebooks)
  var files: [String]

  @Option(
    help: ArgumentHelp("Seconds above which a training cell waits for a key.", valueName: "seconds")
  )
  var limit: Double = 10

  @OptionGroup var parameters: ParameterOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var cache: CacheOptions
  @OptionGroup var display: DisplayOptions

  func validate() throws {
    guard limit >= 0 else { throw ValidationError("--limit can't be negative") }
    guard !files.contains("-") else {
      throw ValidationError("watch takes files: the standard input is not saved again")
    }
  }

  func perform() throws(RunFault) -> Runner.ExitCode {
    let options = try RunOptions(parameters, store, cache)
    var session = try WatchSession(files, options: options, limit: limit, display: display)
    Interruption.install()
    return session.run()
  }
}
