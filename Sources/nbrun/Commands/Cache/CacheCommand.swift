import ArgumentParser

/// The command `nbrun cache`.
struct CacheCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cache", abstract: "Look after what is kept of earlier runs.",
    subcommands: [
      CacheListCommand.self, CacheCollectCommand.self, CacheVerifyCommand.self,
      CacheCostsCommand.self, CacheClearCommand.self,
    ])
}
