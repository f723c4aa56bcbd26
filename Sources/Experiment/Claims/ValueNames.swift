import Checkpointing
import ModelGraph

/// The names of the values that cells record, known before anything runs.
enum ValueNames {
  /// The dotted names of the values that a cell of this body will record.
  static func names(of body: CellBody) -> [String] {
    switch body {
    case .data(let data):
      ["vocab_size", "digest.\(data.unit)"] + data.splitNames.map { "\($0).\(data.unit)" }
    case .model: ["parameters", "flops", "activation_bytes"]
    case .train(let train): trainNames(train)
    case .plan(let plan):
      plan.policies.flatMap { rowNames(of: $0, usesDisk: plan.offload != nil) } + [
        "smallest.memory.peak", "smallest.memory.reserved",
      ]
    case .eval(let eval): ["loss"] + eval.metrics.map(\.name) + ["examples", "targets"]
    case .generate: ["tokens", "digest.tokens"]
    // The columns of a query are known to SQLite only.
    case .compare, .expect, .query, .plot: []
    case .sweep: ["points", "failed"]
    }
  }

  private static func trainNames(_ train: TrainCell) -> [String] {
    series("loss") + (train.evaluation.map(evaluationNames) ?? []) + memory
      + (train.offload == nil ? [] : ["memory.disk", "timing.disk"])
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

  /// The names of all series that trainings record, but for those that count.
  static let series: [String] =
    ["loss"]
    + TrainCell.Split.allCases.flatMap { split in
      evaluationNames(.init(every: 1, split: split, metrics: [.accuracy, .perplexity]))
    }
    .filter { $0.hasSuffix(".last") }.map { String($0.dropLast(".last".count)) }.uniqued

  /// The names of the series that count targets among the k most likely classes.
  static let countedSeries =
    "^(\(TrainCell.Split.allCases.map(\.rawValue).joined(separator: "|")))\\.top_[1-9][0-9]*$"

  private static let memory = [
    "peak", "planned_peak", "measured_peak", "reserved", "parameters", "gradients", "optimizer",
    "activations", "workspace", "inputs", "kept",
  ].map { "memory.\($0)" }

  private static func rowNames(of policy: CheckpointPolicy, usesDisk: Bool) -> [String] {
    let names =
      [
        "memory.peak", "memory.reserved", "memory.activations", "memory.kept",
        "recompute.operations", "recompute.flops_fraction", "largest_batch",
      ] + (usesDisk ? ["memory.disk"] : [])
    return names.map { "\(policy).\($0)" }
  }
}
