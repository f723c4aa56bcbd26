import Checkpointing
import KernelTable
import ModelGraph
import Records

extension TrainingJob {
  /// The split that is evaluated on.
  func evaluatedExamples(of data: Dataset) -> Examples {
    data[evaluationSplit]
  }

  /// Checks that there is something to learn from, and to evaluate on if there are evaluations.
  func checkEvaluation(of data: Dataset, time: Int) throws(TrainingFault) {
    try checkTargets(of: data.train, "train")
    guard evaluateEvery != nil else { return }
    let examples = evaluatedExamples(of: data)
    guard examples.count(time: time) > 0 else {
      throw .tooFewExamples(have: 0, need: 1, split: evaluationSplit.rawValue)
    }
    try checkTargets(of: examples, evaluationSplit.rawValue)
  }

  /// Checks that a target counts at least: where all are ignored there is no loss.
  private func checkTargets(of examples: Examples, _ split: String) throws(TrainingFault) {
    let targets: Targets
    switch examples {
    case .tokens: return
    case .sequences(let rows): targets = rows.targets
    case .features(let features): targets = features.targets
    }
    guard case .classes(let classes, _) = targets, !classes.isEmpty,
      classes.allSatisfy({ $0 == Targets.uncounted || $0 == model.loss.ignoredIndex })
    else { return }
    throw .nothingCounts(split: split)
  }
}

extension TrainingRun {
  /// What an evaluation of the split gives.
  func evaluate() throws(TrainingFault) -> LossSums {
    guard let evaluation else { return LossSums() }
    let examples = job.evaluatedExamples(of: data)
    return try evaluation.sums(over: loader(of: examples, for: evaluation))
  }

  /// Notes an evaluation's metrics.
  func note(_ sums: LossSums, step: Int) {
    for (name, value) in job.evaluatedMetrics.values(of: sums) {
      progress.evaluations["\(job.evaluationSplit.rawValue).\(name)", default: []].append(
        MetricSeries.Point(step: step, value: value))
    }
  }
}

extension Executor {
  /// What the loss adds up over all examples, the last batch of which may be partial.
  func sums(over loader: BatchLoader) throws(TrainingFault) -> LossSums {
    let count = loader.examples.count(time: program.time)
    var sums = LossSums()
    for first in stride(from: 0, to: count, by: loader.batch) {
      let batch = try loader.batch(Array(first..<min(first + loader.batch, count))[...])
      _ = step(StepContext(seed: 0, step: 1, passes: 1, learningRate: 0)) { _ in
        loader.write(batch, to: arena)
      }
      sums += self.sums
    }
    return sums
  }
}
