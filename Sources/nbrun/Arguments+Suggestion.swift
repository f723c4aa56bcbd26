import ArgumentParser
import Diagnostics

extension Arguments {
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
