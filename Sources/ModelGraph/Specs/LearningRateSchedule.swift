/// How the learning rate changes over a run: a factor of the base rate for each step.
public enum LearningRateSchedule: Hashable, Sendable, Codable {
  /// The base rate after `warmup` steps of linear growth.
  case constant(warmup: Int)
  /// Linear growth for `warmup` steps, then linear fall to `floor` at the last step.
  case linear(warmup: Int, floor: Double)
  /// Linear growth for `warmup` steps, then half a cosine down to `floor` at the last step.
  case cosine(warmup: Int, floor: Double)
  /// Linear growth for `warmup` steps, then a fall by the factor `gamma` every `every` steps.
  case step(warmup: Int, every: Int, gamma: Double)
  /// Half a cosine up from `1/startDivisor` to the base rate, then one down to
  /// `1/(startDivisor·endDivisor)` at the last step (Smith & Topin 2018).
  case oneCycle(OneCycle)

  /// The shape of one cycle; the defaults are PyTorch's.
  public struct OneCycle: Hashable, Sendable, Codable {
    /// The part of the run in which the rate grows, in (0, 1).
    public var growth: Double
    /// What the base rate is divided by at the first step.
    public var startDivisor: Double
    /// What that is divided by at the last step.
    public var endDivisor: Double

    /// Creates a cycle.
    public init(growth: Double = 0.3, startDivisor: Double = 25, endDivisor: Double = 1e4) {
      self.growth = growth
      self.startDivisor = startDivisor
      self.endDivisor = endDivisor
    }
  }

  /// Steps of linear growth before the base rate is reached; one cycle has a growth of its own.
  public var warmup: Int {
    switch self {
    case .constant(let warmup), .linear(let warmup, _), .cosine(let warmup, _),
      .step(let warmup, _, _):
      warmup
    case .oneCycle: 0
    }
  }
}
