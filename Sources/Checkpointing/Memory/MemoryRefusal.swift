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
  /// The least that the planner finds.
  public var smallest: Int
  /// The least with values on disk, where nothing fits without and this does; nil else.
  public var smallestOnDisk: Int?

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
    let training = try TrainingGraph(lowering: model, batch: batch, options: options)
    let frontier = Frontier(training, options: options)
    smallest = min(needed, frontier.smallest().reservedBytes)
    alternatives = Self.alternatives(frontier, limit: limit)
    if alternatives.isEmpty { smallestOnDisk = Self.onDisk(training, options, limit: limit) }
    largestBatch = try BatchSearch(model: model, options: options, limit: limit)
      .largest(from: 0, below: batch)
  }

  private static func onDisk(
    _ training: TrainingGraph, _ options: TrainingOptions, limit: Int
  ) -> Int? {
    guard options.offload == nil else { return nil }
    var options = options
    options.offload = DiskOffload()
    let least = Frontier(training, options: options).smallest().reservedBytes
    return least <= limit ? least : nil
  }

  /// The three cheapest ways that fit; a plan of the planner's is named by the budget that gives it.
  private static func alternatives(_ frontier: Frontier, limit: Int) -> [Alternative] {
    var found: [Alternative] = []
    for way in frontier.ways where way.peak <= limit && found.count < 3 {
      let program = frontier.program(way)
      guard program.reservedBytes <= limit else { continue }
      found.append(
        Alternative(
          policy: way.policy ?? .budget(.bytes(program.reservedBytes)),
          reserved: program.reservedBytes,
          recomputedFraction: program.memory.recomputedFraction))
    }
    return found
  }
}
