/// One side of the comparison: a program that measures itself.
struct Contender {
  /// The column's title.
  let name: String
  /// The program and its arguments, for one workload and way of training.
  let command: (Workload, CheckpointChoice) -> [String]

  /// nbrun, in this very program's `step` subcommand.
  static func nbrun(executable: String, steps: Int, threads: Int) -> Contender {
    Contender(name: "nbrun") { workload, choice in
      [executable, "step"]
        + measuring(workload, choice.rawValue, steps: steps, threads: threads)
    }
  }

  /// PyTorch, in `pytorch/train.py`.
  static func pytorch(interpreter: String, script: String, steps: Int, threads: Int) -> Contender {
    Contender(name: "PyTorch") { workload, choice in
      [interpreter, script]
        + measuring(workload, choice.rawValue, steps: steps, threads: threads)
    }
  }

  private static func measuring(
    _ workload: Workload, _ policy: String, steps: Int, threads: Int
  ) -> [String] {
    [
      "--workload", workload.rawValue, "--policy", policy, "--steps", "\(steps)",
      "--threads", "\(threads)",
    ]
  }
}
