/// What a loss adds up before it is divided: sums of several batches can be added.
public struct LossSums: Hashable, Sendable {
  /// Σ of the losses of the targets that count.
  public var loss = 0.0
  /// What the mean divides by: the targets that count, each with its weight.
  public var weight = 0.0
  /// How many targets count.
  public var count = 0
  /// Of how many the right class is among the k most likely, for each k that was asked for.
  public var hits: [Int] = []

  /// Sums of nothing.
  public init() {}

  /// The mean; 0 where no target counts.
  public var mean: Double { weight == 0 ? 0 : loss / weight }

  /// Adds another batch's sums.
  public static func += (sums: inout LossSums, other: LossSums) {
    sums.loss += other.loss
    sums.weight += other.weight
    sums.count += other.count
    if sums.hits.isEmpty { sums.hits = Array(repeating: 0, count: other.hits.count) }
    for (index, hits) in other.hits.enumerated() { sums.hits[index] += hits }
  }
}
