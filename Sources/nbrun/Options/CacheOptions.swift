import ArgumentParser

/// Whether stored results are used, for the commands that get along without.
struct CacheOptions: ParsableArguments {
  @Flag(help: "Neither use stored results nor store new ones.")
  var noCache = false
}
