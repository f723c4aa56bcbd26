import Checkpointing
import ModelGraph

extension TrainingRun {
  /// The mean loss over the held-out split.
  ///
  /// Rows that fill up a last partial batch are ignored by cross-entropy; the mean squared error
  /// knows no ignored rows, so there the partial batch is left out.
  func evaluate() throws(TrainingFault) -> Double {
    guard let evaluation else { return .nan }
    let program = evaluation.program
    let available = data.validation.count(time: program.time)
    let ignores = job.model.loss == .crossEntropy
    let count = ignores ? available : available / job.batch * job.batch
    guard count > 0 else {
      throw .tooFewExamples(
        have: available, need: ignores ? 1 : job.batch, split: "validation")
    }
    let loader = BatchLoader(examples: data.validation, time: program.time, loss: job.model.loss)
    var sum = 0.0
    for first in stride(from: 0, to: count, by: job.batch) {
      let indices = Array(first..<min(first + job.batch, count))
      let share = Double(indices.count) / Double(job.batch)
      sum += share * Double(loss(of: indices[...], share: share, loader, evaluation))
    }
    return sum / (Double(count) / Double(job.batch))
  }

  private func loss(
    of indices: ArraySlice<Int>, share: Double, _ loader: BatchLoader, _ evaluation: Executor
  ) -> Float {
    let context = StepContext(
      seed: 0, step: 1, passes: 1, learningRate: 0,
      lossScale: 1 / Float(Double(lossElements) * share))
    return evaluation.step(context) { _ in
      loader.load(
        indices, rows: evaluation.program.rows, program: evaluation.program,
        arena: evaluation.arena)
    }
  }
}
