import Foundation

/// What `--log-format json` told.
struct EventLog {
  let events: [[String: Any]]

  /// Reads whole lines; the last one may be half written.
  init(_ text: String) throws {
    events = try text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      .compactMap { try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] }
  }

  func named(_ name: String) -> [[String: Any]] { events.filter { $0["event"] as? String == name } }

  /// The processes of cells that began, of several runs of a cell the last one's.
  var workers: [String: pid_t] {
    Dictionary(
      named("began").compactMap { event in
        guard let cell = event["cell"] as? String, let worker = event["worker"] as? Int else {
          return nil
        }
        return (cell, pid_t(worker))
      }
    ) { $1 }
  }

  /// How cells ended.
  var ended: [String: [String: Any]] {
    Dictionary(
      named("ended").compactMap { event in (event["cell"] as? String).map { ($0, event) } }
    ) {
      $1
    }
  }

  func hasSteps(of cell: String) -> Bool { firstStep(of: cell) != nil }

  func firstStep(of cell: String) -> Int? {
    named("step").first { $0["cell"] as? String == cell }?["step"] as? Int
  }

  /// How often cells began that train.
  var trainings: Int { named("began").count { $0["kind"] as? String == "train" } }
}

extension Executable.Started {
  /// Waits, for as long as the process runs, until something holds.
  func waits(until holds: () throws -> Bool) throws {
    while process.isRunning, try !holds() { usleep(5_000) }
  }
}
