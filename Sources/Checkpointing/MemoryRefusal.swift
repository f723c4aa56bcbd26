public import ModelGraph

/// Why a plan is refused, and what would fit instead; all sizes in bytes.
public struct MemoryRefusal: Hashable, Sendable {
  /// What may be reserved.
  public var limit: Int
  /// What the plan would reserve.
  public var needed: Int
  /// Live bytes at the peak.
  public var peak: Int
  /// The operation at the peak.
  public var operation: String
  /// The largest tensors at the peak, ten at most.
  public var largest: [MemoryPlan.Item]
  /// Policies that fit, the cheapest first, three at most.
  public var alternatives: [Alternative]
  /// The largest batch that fits with the same policy; nil if none does.
  public var largestBatch: Int?
  /// The least that any known policy reserves.
  public var smallest: Int

  /// A policy that fits.
  public struct Alternative: Hashable, Sendable {
    /// The policy.
    public var policy: CheckpointPolicy
    /// What it reserves.
    public var reserved: Int
    /// Its recomputed flops as a fraction of a step's.
    public var recomputedFraction: Double
  }
}

extension MemoryRefusal {
  /// Looks for what would fit instead of a program that does not.
  ///
  /// - Throws: `ModelFault` when the model can't be lowered for another batch.
  public init(
    _ program: Program, limit: Int, model: ModelSpec, batch: Int, options: TrainingOptions
  ) throws(ModelFault) {
    self.limit = limit
    needed = program.reservedBytes
    peak = program.memory.peak.total
    operation = program.memory.peakOperation
    largest = Array(program.memory.largest.prefix(10))
    let training = TrainingGraph(
      differentiating: try Graph(lowering: model, batch: batch, precision: options.precision))
    let others = Self.others(for: training, options: options)
    smallest = min(needed, others.map(\.reserved).min() ?? needed)
    alternatives = Array(
      others.filter { $0.reserved <= limit }
        .sorted { ($0.recomputedFraction, $0.reserved) < ($1.recomputedFraction, $1.reserved) }
        .prefix(3))
    largestBatch = try Self.largestBatch(below: batch, limit: limit, model: model, options: options)
  }

  private static func others(
    for training: TrainingGraph, options: TrainingOptions
  ) -> [Alternative] {
    let blocks = training.graph.blocks.count
    let policies: [CheckpointPolicy] =
      [.none, .sqrt] + (1...max(1, min(blocks, 8))).map { .every($0) }
    return policies.filter { $0 != options.policy }.map { policy in
      var options = options
      options.policy = policy
      let program = Program(training: training, options: options)
      return Alternative(
        policy: policy, reserved: program.reservedBytes,
        recomputedFraction: program.memory.recomputedFraction)
    }
  }

  /// Bisects the batch: what a plan reserves grows with it.
  private static func largestBatch(
    below batch: Int, limit: Int, model: ModelSpec, options: TrainingOptions
  ) throws(ModelFault) -> Int? {
    var (fits, fails) = (0, batch)
    while fails - fits > 1 {
      let middle = (fits + fails) / 2
      let graph = try Graph(lowering: model, batch: middle, precision: options.precision)
      let program = Program(
        training: TrainingGraph(differentiating: graph), options: options)
      if program.reservedBytes <= limit { fits = middle } else { fails = middle }
    }
    return fits > 0 ? fits : nil
  }
}
