extension Frontier {
  /// A way to train before anything is known of it.
  struct Sketch {
    /// The policy that a person can write; nil for a plan of the planner's.
    var policy: CheckpointPolicy?
    /// Its segments.
    var ranges: [SegmentRange]
    /// What waits on disk.
    var choice = DiskChoice.nothing

    /// What the step depends on.
    struct Outcome: Hashable {
      let ranges: [SegmentRange]
      let choice: DiskChoice
    }

    var outcome: Outcome { Outcome(ranges: ranges, choice: choice) }
  }

  /// With a disk every way twice: as it is, and with all on disk that may wait there.
  ///
  /// A policy that is written beside `offload: disk` means the latter; the way without a disk is then
  /// the planner's.
  static func withDisk(_ sketches: [Sketch], _ options: TrainingOptions) -> [Sketch] {
    guard options.offload != nil else { return sketches }
    let moved = sketches.map { sketch in
      Sketch(policy: sketch.policy, ranges: sketch.ranges, choice: .everything)
    }
    let held = sketches.map { sketch in
      Sketch(policy: nil, ranges: sketch.ranges, choice: sketch.choice)
    }
    return moved + held
  }

  /// Peaks between those of nothing and of everything on disk that are looked at.
  private static let partialPeaks = 12

  /// Where nothing is computed again, as little on disk as several peaks leave room for.
  static func partlyOnDisk(_ ways: [Way]) -> [Sketch] {
    guard let moved = ways.first, moved.policy == CheckpointPolicy.none,
      moved.choice == .everything,
      let held = ways.first(where: { $0.ranges == moved.ranges && $0.choice == .nothing })
    else { return [] }
    return (1..<partialPeaks).map { part in
      let peak = moved.peak + (held.peak - moved.peak) / partialPeaks * part
      return Sketch(policy: nil, ranges: moved.ranges, choice: .within(peak))
    }
  }
}
