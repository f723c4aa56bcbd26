import Checkpointing
import ModelGraph

/// The names of the values that cells record, known before anything runs.
enum ValueNames {
  /// The dotted names of the values that a cell of this body will record.
  static func names(of body: CellBody) -> [String] {
    switch body {
    case .data(let data):
      ["vocab_size", "digest.tokens"] + data.splitNames.map { "\($0).tokens" }
    case .model: ["parameters", "flops", "activation_bytes"]
    case .train(let train): trainNames(train)
    case .plan(let plan):
      plan.policies.flatMap(rowNames) + ["smallest.memory.peak", "smallest.memory.reserved"]
    case .eval(let eval): ["loss"] + eval.metrics.map(\.name) + ["examples", "targets"]
    case .generate: ["tokens", "digest.tokens"]
    // The columns of a query are known to SQLite only.
    case .compare, .expect, .query, .plot: []
    case .sweep: ["points", "failed"]
    }
  }

  private static func trainNames(_ train: TrainCell) -> [String] {
    series("loss") + (train.evaluation.map(evaluationNames) ?? []) + memory
      + [
        "recompute.operations", "recompute.flops_fraction", "timing.step_median",
        "timing.forward", "timing.backward", "timing.recompute", "timing.optimizer",
        "timing.total", "digest.losses", "digest.weights", "digest.gradients",
        "steps", "parameters",
      ]
  }

  private static func evaluationNames(_ evaluation: TrainCell.Evaluation) -> [String] {
    (["loss"] + evaluation.metrics.map(\.name))
      .flatMap { series("\(evaluation.split.rawValue).\($0)") }
      + (evaluation.metrics.contains(.perplexity) ? series("perplexity") : [])
  }

  private static func series(_ name: String) -> [String] {
    ["\(name).first", "\(name).last", "\(name).min"]
  }

  private static let memory = [
    "peak", "planned_peak", "measured_peak", "reserved", "parameters", "gradients", "optimizer",
    "activations", "workspace", "inputs", "kept",
  ].map { "memory.\($0)" }

  private static func rowNames(of policy: CheckpointPolicy) -> [String] {
    [
      "memory.peak", "memory.reserved", "memory.activations", "memory.kept",
      "recompute.operations", "recompute.flops_fraction", "largest_batch",
    ].map { "\(policy).\($0)" }
  }
}
