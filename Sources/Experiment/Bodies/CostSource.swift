/// Where the costs come from that the planner weighs recomputation by.
public enum CostSource: String, Hashable, Sendable, CaseIterable {
  /// Flops and bytes at fixed speeds, so that a plan is the same on every machine.
  case model
  /// Each operation is timed on this machine before a plan is made.
  case measured
}
