import Checkpointing
import ModelGraph

/// A step within a budget, and what its plan says of it.
struct FrontierPlan: Equatable {
  /// The share of the activation bytes that had to go, such as 0.3.
  let cut: Double
  /// What the step may reserve; nil for the one that keeps everything.
  let budget: Int?
  /// The most that activations, their gradients and scratch space take at once, in bytes.
  let activationBytes: Int
  /// Live bytes at the peak.
  let peak: Int
  /// Recomputed flops as a fraction of the step's without recomputation.
  let recomputedFraction: Double
}

extension FrontierPlan {
  /// The step that keeps everything, and for each cut the least recomputation that makes it.
  ///
  /// - Returns: nil for a cut that no plan makes.
  static func plans(
    _ setup: FrontierSetup, cuts: [Double], cost: CostModel
  ) throws -> (all: FrontierPlan, cut: [FrontierPlan?]) {
    let options = setup.options(.none, cost: cost)
    let training = try TrainingGraph(
      lowering: setup.model, batch: setup.batch, options: options)
    let all = FrontierPlan(Program(training: training, options: options), cut: 0, budget: nil)
    // A budget is of the whole step, so the ways tell which one makes a cut of the activations.
    let programs = Frontier(training, options: options).points().map { point in
      let policy = CheckpointPolicy.budget(.bytes(point.reserved))
      return (point.reserved, Program(training: training, options: options.with(policy: policy)))
    }
    let cut = cuts.map { cut in
      programs.lazy.map { FrontierPlan($1, cut: cut, budget: $0) }
        .first { Double($0.activationBytes) <= (1 - cut) * Double(all.activationBytes) }
    }
    return (all, cut)
  }

  private init(_ program: Program, cut: Double, budget: Int?) {
    self.init(
      cut: cut, budget: budget,
      activationBytes: program.memory.timeline.map { $0.activations + $0.workspace }.max() ?? 0,
      peak: program.memory.peak.total, recomputedFraction: program.memory.recomputedFraction)
  }
}
