import FoundationEssentials

/// What a process that trains within a budget prints as one line of JSON.
struct FrontierMeasurement: Codable, Equatable {
  /// Seconds of each training step, the first one included.
  var stepSeconds: [Double]
  /// Live bytes at the peak, as measured.
  var peak: Int
  /// The digest of the bits of all losses.
  var losses: String
  /// The digest of the bits of the trained weights.
  var weights: String
  /// The instruction set of the kernels.
  var kernels: String

  /// The median step without the warm-up.
  var step: Double { median(Array(stepSeconds.dropFirst())) }
}

extension FrontierMeasurement {
  /// Trains in a process of its own.
  init(running arguments: [String]) throws {
    let command = [ChildProcess.thisProgram, "frontier-step"] + arguments
    let outcome = try ChildProcess(arguments: command).run()
    guard let line = outcome.output.split(separator: UInt8(ascii: "\n")).last,
      let measured = try? JSONDecoder().decode(Self.self, from: Data(line)),
      measured.stepSeconds.count > 1
    else { throw BenchmarkFault.unreadable(command: command) }
    self = measured
  }
}
