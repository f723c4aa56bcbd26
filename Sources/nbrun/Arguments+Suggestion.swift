import ArgumentParser
import Diagnostics

extension Arguments {
  /// That `nbrun help WORD` asks for no command, which ArgumentParser would answer with the help of
  /// them all.
  static func unknownTopic(_ arguments: [String]) -> String? {
    guard arguments.first == "help", arguments.count > 1 else { return nil }
    var path = "nbrun help"
    var group: any ParsableCommand.Type = NBRun.self
    for word in arguments.dropFirst() where !word.hasPrefix("-") {
      let commands = group.configuration.subcommands
      let names = commands.compactMap { $0.configuration.commandName }
      guard let index = names.firstIndex(of: word) else {
        let near = nearestWord(to: word, in: names).map { " Did you mean '\(path) \($0)'?" }
        return "Error: '\(word)' is no command.\(near ?? "")"
      }
      path += " \(word)"
      group = commands.filter { $0.configuration.commandName != nil }[index]
    }
    return nil
  }

  /// A message on arguments that make no sense; where the first is a command that has subcommands
  /// and the second is nearly one of these, it asks whether that was meant.
  static func suggestingSubcommand(_ message: String, _ arguments: [String]) -> String {
    let group = NBRun.configuration.subcommands.first {
      $0.configuration.commandName == arguments.first
    }
    let names = (group?.configuration.subcommands ?? [])
      .compactMap { $0.configuration.commandName }
    guard let group = arguments.first, let word = arguments.dropFirst().first,
      !names.contains(word), let name = nearestWord(to: word, in: names)
    else { return message }
    var lines = message.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    lines[0] += ". Did you mean 'nbrun \(group) \(name)'?"
    return lines.joined(separator: "\n")
  }
}
