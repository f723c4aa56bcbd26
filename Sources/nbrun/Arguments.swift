/// The command line before ArgumentParser sees it.
enum Arguments {
  /// Rewrites `--force=ID` as `--force-cell ID`: a flag that may have a value is not a thing that
  /// ArgumentParser knows.
  static func prepared(_ arguments: [String]) -> [String] {
    let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
    let options = arguments[..<end].flatMap { argument -> [String] in
      let prefix = "--force="
      return argument.hasPrefix(prefix)
        ? ["--force-cell", String(argument.dropFirst(prefix.count))] : [argument]
    }
    return options + arguments[end...]
  }
}
