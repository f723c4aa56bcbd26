import ArgumentParser
import Glibc

/// Where stored results are, and whether they are used.
struct StoreOptions: ParsableArguments {
  @Option(
    name: .customLong("store"),
    help: ArgumentHelp(
      "The store, instead of the project's results/nbrun.sqlite; also NBRUN_STORE.",
      valueName: "file"),
    completion: .file())
  var given: String?

  @Flag(help: "Neither use stored results nor store new ones.")
  var noCache = false

  /// The store that was asked for; nil takes the project's.
  var path: String? {
    if let given { return given }
    guard let value = getenv("NBRUN_STORE"), value.pointee != 0 else { return nil }
    return String(cString: value)
  }
}
