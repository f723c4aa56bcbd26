import FoundationEssentials

/// Two runs that took turns, a step each: what a process that made them prints as one line of JSON.
struct FrontierPair: Codable, Equatable {
  /// The run that keeps everything.
  var all: FrontierMeasurement
  /// The run within a budget.
  var budget: FrontierMeasurement

  /// Extra time of each step within the budget, but for the first, as a fraction of the step before it
  /// that keeps everything.
  var extras: [Double] {
    zip(budget.stepSeconds, all.stepSeconds).dropFirst().map { $0 / $1 - 1 }
  }
}

extension FrontierPair {
  /// Trains in a process of its own.
  init(running arguments: [String]) throws {
    let command = [ChildProcess.thisProgram, "frontier-pair"] + arguments
    let outcome = try ChildProcess(arguments: command).run()
    guard let line = outcome.output.split(separator: UInt8(ascii: "\n")).last,
      let measured = try? JSONDecoder().decode(Self.self, from: Data(line)),
      !measured.extras.isEmpty
    else { throw BenchmarkFault.unreadable(command: command) }
    self = measured
  }
}
