extension Frontier {
  /// A way to train and what its whole step needs.
  public struct Point: Hashable, Sendable {
    /// The policy that gives it: a written one, or the smallest budget that does.
    public var policy: CheckpointPolicy
    /// Live bytes at the peak.
    public var peak: Int
    /// Bytes that it reserves.
    public var reserved: Int
    /// Recomputed flops as a fraction of the flops of a step without checkpointing.
    public var recomputedFraction: Double
    /// Bytes of the file in which values wait.
    public var disk: Int
  }

  /// The ways with their places in memory, the least recomputation first.
  ///
  /// Each reserves less than those before it: a budget of as many bytes would give one of them.
  public func points() -> [Point] {
    var points: [Point] = []
    for way in tries(within: .max) where way.peak < points.last?.reserved ?? .max {
      let point = point(way)
      if point.reserved < points.last?.reserved ?? .max { points.append(point) }
    }
    return points
  }

  /// A way's numbers: those of its program, which is not compiled.
  func point(_ way: Way) -> Point {
    let draft = draft(way)
    let footprint = draft.footprint(sharesGradients: options.sharesGradients)
    let flops = draft.flops
    return Point(
      policy: way.policy ?? .budget(.bytes(footprint.reserved)), peak: footprint.peak,
      reserved: footprint.reserved,
      recomputedFraction: flops == 0 ? 0 : Double(draft.repeatedFlops) / Double(flops),
      disk: footprint.disk)
  }
}
