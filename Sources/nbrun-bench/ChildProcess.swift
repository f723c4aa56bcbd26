import Glibc

/// A program to be run to its end, with its output and its memory observed.
struct ChildProcess {
  /// The program, looked up on `PATH`, and its arguments.
  let arguments: [String]

  /// Variables that steer the threads and kernels of PyTorch's libraries: neither side gets them.
  static let removedVariables: Set<String> = [
    "OPENBLAS_CORETYPE", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS",
  ]

  /// This program, wherever it was started from.
  static var thisProgram: String {
    guard let path = realpath("/proc/self/exe", nil) else { return CommandLine.arguments[0] }
    defer { free(path) }
    return String(cString: path)
  }

  /// What a process left behind.
  struct Outcome {
    /// Everything that it wrote to standard output.
    let output: [UInt8]
    /// The most bytes that it held in memory at once (`ru_maxrss`).
    let peakResidentBytes: Int
  }

  /// Runs the program and waits for it; its standard error goes where ours goes.
  func run() throws(BenchmarkFault) -> Outcome {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else {
      throw .notStarted(command: arguments, errorNumber: errno)
    }
    defer { close(ends[0]) }
    let started = start(writingTo: ends)
    close(ends[1])
    let process = try started.get()
    let output = Self.readToEnd(ends[0])
    return try wait(for: process, output: output)
  }

  private func start(writingTo ends: [Int32]) -> Result<pid_t, BenchmarkFault> {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addclose(&actions, ends[0])
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
    posix_spawn_file_actions_addclose(&actions, ends[1])

    let words = arguments.map { strdup($0) }
    let variables = Self.environment().map { strdup($0) }
    defer { (words + variables).forEach { free($0) } }
    var process: pid_t = 0
    let number = posix_spawnp(
      &process, arguments.first ?? "", &actions, nil, words + [nil], variables + [nil])
    return number == 0
      ? .success(process) : .failure(.notStarted(command: arguments, errorNumber: number))
  }

  private func wait(for process: pid_t, output: [UInt8]) throws(BenchmarkFault) -> Outcome {
    var status: Int32 = 0
    var usage = rusage()
    while wait4(process, &status, 0, &usage) == -1 && errno == EINTR {}
    guard status == 0 else { throw .failed(command: arguments, status: status) }
    return Outcome(output: output, peakResidentBytes: usage.ru_maxrss * 1024)
  }

  private static func environment() -> [String] {
    var variables: [String] = []
    var entry = environ
    while let text = entry.pointee {
      variables.append(String(cString: text))
      entry += 1
    }
    return variables.filter { variable in
      !removedVariables.contains(String(variable.prefix { $0 != "=" }))
    }
  }

  private static func readToEnd(_ descriptor: Int32) -> [UInt8] {
    var output: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count > 0 {
        output += chunk[..<count]
      } else if count == 0 || errno != EINTR {
        return output
      }
    }
  }
}
