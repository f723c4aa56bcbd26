/// Predicted memory and recomputation of several policies, nothing run.
public struct PlanSummary: Codable, Sendable, Equatable {
  /// One row a policy, in the order asked for.
  public var rows: [Row]
  /// The ways to train that the planner knows, the least recomputation first; nil in records of
  /// versions that did not ask it.
  public var ways: [Way]?
  /// The bytes that a plan may reserve; nil where there is no limit.
  public var limit: Int?

  /// Creates a summary.
  public init(rows: [Row], ways: [Way]? = nil, limit: Int? = nil) {
    self.rows = rows
    self.ways = ways
    self.limit = limit
  }

  /// A policy's prediction.
  public struct Row: Codable, Sendable, Equatable {
    /// The policy as written: `none`, `every: 2`.
    public var policy: String
    /// Its predicted memory.
    public var memory: MemoryRecord
    /// Its recomputation.
    public var recompute: RecomputeRecord
    /// The largest batch that reserves no more than the limit, 0 if none does; nil without a limit.
    public var largestBatch: Int?
    /// Bytes that its budget allows, where no plan is so small; nil for all others.
    public var unmetBudget: Int?

    /// Creates a row.
    public init(
      policy: String, memory: MemoryRecord, recompute: RecomputeRecord, largestBatch: Int? = nil
    ) {
      self.policy = policy
      self.memory = memory
      self.recompute = recompute
      self.largestBatch = largestBatch
    }
  }

  /// A way to train: no other that the planner knows is faster and smaller.
  public struct Way: Codable, Sendable, Equatable {
    /// The policy that gives it: a written one, or the smallest budget that does.
    public var policy: String
    /// Live bytes at the peak.
    public var peak: Int
    /// Bytes that it reserves.
    public var reserved: Int
    /// Recomputed flops as a fraction of the flops of a step without checkpointing.
    public var flopsFraction: Double
    /// Bytes of the file in which forward values wait; nil where none do.
    public var disk: Int?

    /// Creates a way.
    public init(
      policy: String, peak: Int, reserved: Int, flopsFraction: Double, disk: Int? = nil
    ) {
      self.disk = disk
      self.policy = policy
      self.peak = peak
      self.reserved = reserved
      self.flopsFraction = flopsFraction
    }
  }

  /// Whether forward values wait on disk in any of its ways and policies.
  public var usesDisk: Bool {
    rows.contains { $0.memory.disk != nil } || (ways ?? []).contains { $0.disk != nil }
  }

  /// The way that reserves the least.
  public var smallest: Way? { ways?.min { $0.reserved < $1.reserved } }
}
