import Foundation
import TestSupport

/// The built `nbrun`, run as a process of its own.
struct Executable {
  /// How a process ended, and what it printed.
  struct Outcome {
    let code: Int32
    let output: String
    let errors: String
  }

  /// The working directory.
  let folder: TemporaryDirectory

  /// A folder with an empty store, so that no folder above it is taken for the project.
  init() throws {
    folder = try TemporaryDirectory()
    try FileManager.default.createDirectory(
      atPath: folder.path("results"), withIntermediateDirectories: true)
  }

  /// The program beside the tests in the build folder.
  static let path: String = {
    let tests = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    return tests.appendingPathComponent("nbrun").path
  }()

  /// Runs to the end.
  @discardableResult
  func run(
    _ arguments: String..., input: String? = nil, environment: [String: String] = [:]
  ) throws -> Outcome {
    try run(arguments: arguments, input: input, environment: environment)
  }

  /// Runs to the end.
  func run(
    arguments: [String], input: String? = nil, environment: [String: String] = [:]
  ) throws -> Outcome {
    let started = try start(arguments, input: input, environment: environment)
    started.process.waitUntilExit()
    return try started.outcome()
  }

  /// Starts a process that the caller ends or waits for.
  func start(
    _ arguments: [String], program: String = Executable.path, input: String? = nil,
    environment: [String: String] = [:]
  ) throws -> Started {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.environment = Self.environment.merging(environment) { $1 }
    // Files and not pipes: a full pipe would stop the program.
    let streams = try TemporaryDirectory()
    let input = try FileHandle(forReadingFrom: file(streams.write("in", input ?? "")))
    let output = try FileHandle(forWritingTo: file(streams.write("out", "")))
    let errors = try FileHandle(forWritingTo: file(streams.write("err", "")))
    process.standardInput = input
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    return Started(process: process, streams: streams)
  }

  private func file(_ path: String) -> URL { URL(fileURLWithPath: path) }

  /// Nothing of the tester's settings but what a process needs.
  private static let environment = ProcessInfo.processInfo.environment.filter {
    ["PATH", "HOME", "LD_LIBRARY_PATH", "TMPDIR"].contains($0.key)
  }

  /// A process that was started.
  struct Started {
    let process: Process
    let streams: TemporaryDirectory

    func outcome() throws -> Outcome {
      Outcome(
        code: process.isRunning ? -1 : process.terminationStatus, output: try streams.text("out"),
        errors: try streams.text("err"))
    }

    /// Waits, for as long as the process runs, until it has printed a text to standard error.
    ///
    /// There is no limit of time: a loaded machine may stop a process for seconds at any place.
    func waits(for text: String) throws {
      while process.isRunning, try !streams.text("err").contains(text) { usleep(5_000) }
    }
  }
}

extension Executable {
  /// The file's modification time to the nanosecond.
  func modified(_ name: String) -> [Int] {
    var status = stat()
    guard stat(folder.path(name), &status) == 0 else { return [] }
    return [status.st_mtim.tv_sec, status.st_mtim.tv_nsec, Int(status.st_ino)]
  }

  /// A notebook without its time regions.
  func withoutTimes(_ name: String) throws -> String {
    var isTime = false
    var lines: [Substring] = []
    for line in try folder.text(name).split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("<!-- #region nbrun:time") { isTime = true }
      if !isTime { lines.append(line) }
      if line.hasPrefix("<!-- #endregion nbrun:time") { isTime = false }
    }
    return lines.joined(separator: "\n")
  }

  /// The record of a cell, as `show --json` prints it.
  func record(_ address: String) throws -> [String: Any] {
    let text = try run("show", address, "--json").output
    return try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
  }
}
