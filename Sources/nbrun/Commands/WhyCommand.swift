import ArgumentParser
import Diagnostics
import Runner

/// The command `nbrun why FILE#ID`.
struct WhyCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "why",
    abstract: "Tell whether cells would run, and what changed since their recorded keys.")

  @Argument(
    help: ArgumentHelp("A notebook, or one of its cells.", valueName: "file[#id]"),
    completion: .notebooks)
  var address: String

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var parameters: ParameterOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var display: DisplayOptions

  func perform() throws(RunFault) -> Runner.ExitCode {
    let address = CellAddress(address)
    let stories = try KeyStory.stories(of: address, options: try RunOptions(parameters, store))
    if json {
      let texts = stories.map(\.json)
      writeToStandardOutput(address.cell == nil ? JSONValue.array(texts).text : texts[0].text)
    } else {
      var told: Set<KeyStory.Change> = []
      let texts = stories.map {
        $0.lines(but: &told).map { sanitizedForTerminal($0) + "\n" }.joined()
      }
      writeToStandardOutput(texts.joined(separator: "\n"))
    }
    return .ok
  }
}
