/// One side of the comparison: a program that measures itself.
struct Contender {
  /// The column's title.
  let name: String
  /// The program and its arguments, for one way of training.
  let command: (CheckpointChoice) -> [String]

  /// nbrun, in this very program's `step` subcommand.
  static func nbrun(executable: String, steps: Int, threads: Int) -> Contender {
    Contender(name: "nbrun") { choice in
      [executable, "step"] + measuring(choice, steps: steps, threads: threads)
    }
  }

  /// PyTorch, in `pytorch/gpt2.py`.
  static func pytorch(interpreter: String, script: String, steps: Int, threads: Int) -> Contender {
    Contender(name: "PyTorch") { choice in
      [interpreter, script] + measuring(choice, steps: steps, threads: threads)
    }
  }

  private static func measuring(
    _ choice: CheckpointChoice, steps: Int, threads: Int
  ) -> [String] {
    ["--policy", choice.rawValue, "--steps", "\(steps)", "--threads", "\(threads)"]
  }
}
