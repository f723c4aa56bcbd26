/// How the learning rate changes over a run: a factor of the base rate for each step.
public enum LearningRateSchedule: Hashable, Sendable, Codable {
  /// The base rate after `warmup` steps of linear growth.
  case constant(warmup: Int)
  /// Linear growth for `warmup` steps, then linear fall to `floor` at the last step.
  case linear(warmup: Int, floor: Double)
  /// Linear growth for `warmup` steps, then half a cosine down to `floor` at the last step.
  case cosine(warmup: Int, floor: Double)
}
