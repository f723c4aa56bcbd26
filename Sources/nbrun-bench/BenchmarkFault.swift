/// Why a comparison could not be made.
enum BenchmarkFault: Error, Equatable {
  /// The program could not be started; the system's error number.
  case notStarted(command: [String], errorNumber: Int32)
  /// The program ended with another status than 0, or by a signal.
  case failed(command: [String], status: Int32)
  /// The program's last line was not a measurement of at least two steps.
  case unreadable(command: [String])
  /// The report could not be written; the system's error number.
  case unwritten(path: String, errorNumber: Int32)
}
