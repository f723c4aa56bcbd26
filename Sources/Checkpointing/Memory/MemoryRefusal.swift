public import ModelGraph

/// Why a plan is refused, and what would fit instead; all sizes in bytes.
public struct MemoryRefusal: Hashable, Sendable {
  /// What may be reserved.
  public var limit: Int
  /// Whether the limit is all the memory that there is, not one that a notebook sets.
  public var isMachine = false
  /// What the plan would reserve.
  public var needed: Int
  /// Live bytes at the peak.
  public var peak: Int
  /// The operation at the peak.
  public var operation: String
  /// Where memory would run out; nil where live bytes keep within the limit, and only their places
  /// in an arena do not.
  public var overflow: Overflow?
  /// The largest tensors at the peak, ten at most.
  public var largest: [MemoryPlan.Item]
  /// Policies that fit, the cheapest first, three at most.
  public var alternatives: [Alternative]
  /// The largest batch that fits with the same policy; nil if none does.
  public var largestBatch: Int?
  /// The least that the planner finds.
  public var smallest: Int
  /// The fastest way with values on disk, where nothing fits without and this does; nil else.
  public var onDisk: Alternative?

  /// A policy that fits.
  public struct Alternative: Hashable, Sendable {
    /// The policy.
    public var policy: CheckpointPolicy
    /// What it reserves.
    public var reserved: Int
    /// Its recomputed flops as a fraction of a step's.
    public var recomputedFraction: Double
    /// Bytes that wait on disk.
    public var disk = 0
  }

  /// The first operation of a step that would exceed a limit.
  public struct Overflow: Hashable, Sendable {
    /// The operation.
    public var operation: String
    /// Bytes that it would claim.
    public var claimed: Int
    /// Live bytes that it finds.
    public var allocated: Int
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
    overflow = Overflow(of: program.memory, limit: limit)
    let training = try TrainingGraph(lowering: model, batch: batch, options: options)
    let frontier = Frontier(training, options: options)
    smallest = min(needed, frontier.smallest().reservedBytes)
    alternatives = Self.alternatives(frontier, limit: limit)
    if alternatives.isEmpty { onDisk = Self.onDisk(training, options, limit: limit) }
    largestBatch = BatchSearch(model: model, options: options, limit: limit)
      .largest(from: 0, below: batch)
  }

  private static func onDisk(
    _ training: TrainingGraph, _ options: TrainingOptions, limit: Int
  ) -> Alternative? {
    guard options.offload == nil else { return nil }
    var options = options
    options.offload = DiskOffload()
    return Frontier(training, options: options).fastest(within: limit).map { Alternative($0) }
  }

  /// The three cheapest ways that fit; a plan of the planner's is named by the budget that gives it.
  private static func alternatives(_ frontier: Frontier, limit: Int) -> [Alternative] {
    var found: [Alternative] = []
    for way in frontier.tries(within: limit) where found.count < 3 {
      let point = frontier.point(way)
      // A budget of no fewer bytes than an earlier way's would give that one.
      guard point.reserved < found.last?.reserved ?? limit + 1 else { continue }
      found.append(Alternative(point))
    }
    return found
  }
}

extension MemoryRefusal.Alternative {
  /// A way of the planner's.
  fileprivate init(_ point: Frontier.Point) {
    self.init(
      policy: point.policy, reserved: point.reserved,
      recomputedFraction: point.recomputedFraction, disk: point.disk)
  }

  /// A program, by the budget that gives it.
  fileprivate init(_ program: Program) {
    self.init(
      policy: .budget(.bytes(program.reservedBytes)), reserved: program.reservedBytes,
      recomputedFraction: program.memory.recomputedFraction, disk: program.diskBytes)
  }
}

extension MemoryRefusal.Overflow {
  /// Finds the first position whose live bytes exceed a limit.
  fileprivate init?(of plan: MemoryPlan, limit: Int) {
    guard let position = plan.timeline.firstIndex(where: { $0.total > limit }) else { return nil }
    let usage = plan.timeline[position]
    // What the first operation finds has no earlier position to begin at.
    let begun =
      position == 0
      ? usage.activations
      : plan.lifetimes.filter { $0.positions.lowerBound == position }
        .reduce(0) { $0 + $1.byteCount }
    claimed = usage.workspace + begun
    allocated = usage.total - claimed
    operation = plan.operations[position]
  }
}
