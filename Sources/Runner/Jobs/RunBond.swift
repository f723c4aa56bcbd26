/// What a run that ends badly means for the others of its schedule.
public enum RunBond: Sendable {
  /// Runs of notebooks: those after it end as well, unless all that can be run is to be run.
  case notebooks(keepsGoing: Bool)
  /// Points of sweeps: those of its sweep end with it, if the first failure is to end a sweep.
  case points(failsFast: Bool)

  /// Whether a run with that exit code ends others.
  func isBroken(by code: ExitCode) -> Bool {
    switch self {
    case .notebooks(let keepsGoing): code == .interrupted || (code != .ok && !keepsGoing)
    case .points(let failsFast): code == .interrupted || (code != .ok && failsFast)
    }
  }

  /// Whether a run that ends others ends that one.
  func ends(_ other: RunPlace, after ended: RunPlace) -> Bool {
    switch self {
    case .notebooks: other.index > ended.index
    case .points: other.index != ended.index && other.sweep == ended.sweep
    }
  }

  /// Whether the runs are points of sweeps.
  var isOfPoints: Bool {
    switch self {
    case .notebooks: false
    case .points: true
    }
  }
}

/// A run's place in its series.
struct RunPlace {
  /// Its number, from 0.
  let index: Int
  /// The number of the sweep that it is a point of.
  let sweep: Int
}
