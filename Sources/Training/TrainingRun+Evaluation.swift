import Checkpointing
import ModelGraph

extension TrainingJob {
  /// The split that is evaluated on.
  func evaluatedExamples(of data: Dataset) -> Examples {
    data[evaluationSplit]
  }

  /// How many examples of a split an evaluation reads.
  func evaluatedCount(of examples: Examples, time: Int) -> Int {
    let available = examples.count(time: time)
    return model.loss == .crossEntropy ? available : available / batch * batch
  }

  /// Checks that there is something to evaluate on, if there are evaluations.
  func checkEvaluation(of data: Dataset, time: Int) throws(TrainingFault) {
    let examples = evaluatedExamples(of: data)
    guard evaluateEvery != nil, evaluatedCount(of: examples, time: time) == 0 else { return }
    throw .tooFewExamples(
      have: examples.count(time: time), need: model.loss == .crossEntropy ? 1 : batch,
      split: evaluationSplit.rawValue)
  }
}

extension TrainingRun {
  /// The mean loss over the split that is evaluated on.
  ///
  /// Rows that fill up a last partial batch are ignored by cross-entropy; the mean squared error
  /// knows no ignored rows, so there the partial batch is left out.
  func evaluate() throws(TrainingFault) -> Double {
    guard let evaluation else { return .nan }
    let examples = job.evaluatedExamples(of: data)
    let count = job.evaluatedCount(of: examples, time: evaluation.program.time)
    let loader = loader(of: examples, for: evaluation)
    var (sum, counted) = (0.0, 0)
    for first in stride(from: 0, to: count, by: job.batch) {
      let batch = try loader.batch(Array(first..<min(first + job.batch, count))[...])
      sum += Double(batch.counted) * Double(loss(of: batch, loader, evaluation))
      counted += batch.counted
    }
    return sum / Double(max(1, counted))
  }

  /// The mean loss of a batch.
  private func loss(of batch: Batch, _ loader: BatchLoader, _ evaluation: Executor) -> Float {
    let context = StepContext(
      seed: 0, step: 1, passes: 1, learningRate: 0, lossScale: 1 / Float(max(1, batch.counted)))
    return evaluation.step(context) { _ in loader.write(batch, to: evaluation.arena) }
  }
}
