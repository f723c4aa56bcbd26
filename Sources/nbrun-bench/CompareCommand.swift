import ArgumentParser

/// Runs both sides in turn and writes the report.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Runs nbrun and PyTorch in turn, and writes a table of both.")

  @Option(help: "The Python interpreter that has PyTorch and transformers.")
  var python = ".venv/bin/python"

  @Option(help: "PyTorch's side.")
  var script = "Sources/nbrun-bench/pytorch/train.py"

  @Option(help: "What is trained; all workloads if none is named.")
  var workload: [Workload] = []

  @Option(help: "Runs of each side for each way of training.")
  var pairs = 3

  @Option(help: "Training steps of a run; the first one is left out.")
  var steps = 4

  @Option(help: "Worker threads.")
  var threads = 2

  @Option(help: "The report's file.")
  var output = "results/benchmark.md"

  func validate() throws {
    guard pairs >= 1 else { throw ValidationError("--pairs must be at least 1") }
    guard steps >= 2 else { throw ValidationError("--steps must be at least 2: one is a warm-up") }
    guard threads >= 1 else { throw ValidationError("--threads must be at least 1") }
  }

  func run() throws {
    let workloads = workload.isEmpty ? Workload.allCases : workload
    let comparisons = try workloads.flatMap { workload in
      try CheckpointChoice.allCases.map { choice in
        Comparison(
          workload: workload, choice: choice,
          pairs: try (1...pairs).map { try pair($0, of: workload, choice) })
      }
    }
    let report = BenchmarkReport(
      machine: .current(), threads: threads, steps: steps, comparisons: comparisons)
    try ReportFile(path: output).write(report.markdown)
    print(report.markdown)
  }

  private func pair(
    _ number: Int, of workload: Workload, _ choice: CheckpointChoice
  ) throws -> Comparison.Pair {
    let pytorch = try sample(
      .pytorch(interpreter: python, script: script, steps: steps, threads: threads),
      workload, choice, pair: number)
    let nbrun = try sample(
      .nbrun(executable: ChildProcess.thisProgram, steps: steps, threads: threads),
      workload, choice, pair: number)
    return Comparison.Pair(pytorch: pytorch, nbrun: nbrun)
  }

  private func sample(
    _ contender: Contender, _ workload: Workload, _ choice: CheckpointChoice, pair: Int
  ) throws -> Sample {
    let sample = try Sample(of: contender, workload: workload, choice: choice)
    var errors = StandardError()
    print(
      "\(workload.title), \(choice.title), pair \(pair) of \(pairs), \(contender.name):",
      "\(seconds(sample.step)) a step, peak \(mebibytes(Double(sample.peakResidentBytes)))",
      to: &errors)
    return sample
  }
}
