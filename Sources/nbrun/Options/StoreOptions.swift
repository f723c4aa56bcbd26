import ArgumentParser
import Glibc

/// Where stored results are.
struct StoreOptions: ParsableArguments {
  @Option(
    name: .customLong("store"),
    help: ArgumentHelp(
      "The store, instead of the project's results/nbrun.sqlite; also NBRUN_STORE.",
      valueName: "file"),
    completion: .file())
  var given: String?

  /// The store that was asked for; nil takes the project's.
  var path: String? { given ?? Self.pathInEnvironment }

  /// The store that `NBRUN_STORE` names.
  static var pathInEnvironment: String? {
    guard let value = getenv("NBRUN_STORE"), value.pointee != 0 else { return nil }
    return String(cString: value)
  }
}
