public import ArgumentParser
public import Experiment
import Runner

/// The command `nbrun schema [KIND]`.
struct SchemaCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print a JSON schema of the directives, for editors.",
    discussion: """
      The schema (draft 2020-12) is made of what the readers of directives accept. Without a kind it \
      allows the bodies of all kinds; under $defs are those of each kind, the options and the front \
      matter.
      """)

  @Argument(help: "A kind of directive.")
  var kind: DirectiveKind?

  @OptionGroup var display: DisplayOptions

  func perform() throws(RunFault) -> Runner.ExitCode {
    writeToStandardOutput(DirectiveSchema().json(of: kind).text)
    return .ok
  }
}

extension DirectiveKind: ExpressibleByArgument {
  /// The kinds that directives can be of, whose bodies have a schema.
  public static var allValueStrings: [String] { classes.map(\.rawValue) }

  /// Reads the name of a kind.
  public init?(argument: String) {
    guard let kind = Self.classes.first(where: { $0.rawValue == argument }) else { return nil }
    self = kind
  }
}
