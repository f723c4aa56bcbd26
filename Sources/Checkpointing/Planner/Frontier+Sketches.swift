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
}
