import ArgumentParser

/// The benchmarks: training steps in nbrun and in PyTorch, side by side, and what a step costs within a
/// budget of memory.
@main
struct NbrunBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nbrun-bench",
    abstract:
      "Times training steps: in nbrun and in PyTorch, and in nbrun within budgets of memory.",
    subcommands: [
      CompareCommand.self, StepCommand.self, FrontierCommand.self, FrontierPairCommand.self,
    ],
    defaultSubcommand: CompareCommand.self)
}
