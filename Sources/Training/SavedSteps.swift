/// Where a run saves its last step, and how often.
public struct SavedSteps: Sendable {
  /// The file.
  public var path: String
  /// What the file is for: a file of another run is not continued.
  public var key: String
  /// The least time between two saves; saving never takes more than a tenth of the time.
  public var interval: Duration

  /// Names a place for saved steps.
  public init(path: String, key: String, interval: Duration = .seconds(20)) {
    self.path = path
    self.key = key
    self.interval = interval
  }
}

extension SavedSteps {
  /// What a file of a saved step or of weights is for; nil where it is damaged or absent.
  public static func key(ofFileAt path: String) -> String? { SavedStepFile(path: path).key }
}

/// When to save next.
struct SaveTimer {
  private let interval: Duration
  private var last = ContinuousClock.now
  private var cost = Duration.zero

  init(interval: Duration) { self.interval = interval }

  /// Whether enough time has gone by: the interval, and ten times what the last save took.
  var isDue: Bool { ContinuousClock.now - last >= max(interval, cost * 10) }

  /// Runs a save and learns what it costs, whether it succeeds or not: what takes half a minute to
  /// fail is not to be tried after every step.
  mutating func measure(_ save: () throws(TrainingFault) -> Void) throws(TrainingFault) {
    let start = ContinuousClock.now
    defer {
      last = ContinuousClock.now
      cost = last - start
    }
    try save()
  }
}
