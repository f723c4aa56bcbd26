import FoundationEssentials
import Records
import Training

/// What a worker process tells the one that started it: a line of JSON each.
enum JobMessage: Codable {
  /// A training step was made.
  case step(StepReport)
  /// A part of a large file was read.
  case reading(cell: String, file: String, done: Int, total: Int)
  /// The cell goes on from that step of an earlier run.
  case continues(step: Int)
  /// A step of the cell can't be saved; it goes on all the same.
  case unsaved(FailureRecord)
  /// The cell ended.
  case ended(JobOutcome)
  /// The cell can't be executed.
  case refused(FailureRecord)

  /// The line, its ending included.
  var line: [UInt8] {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return [UInt8]((try? encoder.encode(self)) ?? Data()) + [0x0A]
  }

  /// Reads a line; nil for one that is none of these.
  init?(line: some Sequence<UInt8>) {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard let message = try? decoder.decode(JobMessage.self, from: Data(line)) else { return nil }
    self = message
  }
}

/// How a cell ended in its process.
struct JobOutcome: Codable {
  /// The record.
  var record: Record
  /// The step after which it was stopped; nil where it ran to its end.
  var interruptedAfter: Int?
  /// Whether it was stopped because its time was up.
  var isTimeout = false
}
