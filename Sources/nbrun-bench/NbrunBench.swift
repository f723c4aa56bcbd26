import ArgumentParser

/// The benchmark: training steps in nbrun and in PyTorch, side by side.
@main
struct NbrunBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nbrun-bench",
    abstract: "Times training steps in nbrun and in PyTorch.",
    subcommands: [CompareCommand.self, StepCommand.self],
    defaultSubcommand: CompareCommand.self)
}
