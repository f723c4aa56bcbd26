import Glibc

extension BenchmarkFault: CustomStringConvertible {
  /// The fault and its remedy as one line.
  var description: String {
    switch self {
    case .notStarted(let command, let number):
      "cannot start '\(command.joined(separator: " "))': \(Self.reason(number)); "
        + "--python names the interpreter that has PyTorch"
    case .failed(let command, let status) where status & 0x7f != 0:
      "'\(command.joined(separator: " "))' was ended by signal \(status & 0x7f); "
        + "9 is how the system ends a process when memory runs out"
    case .failed(let command, let status):
      "'\(command.joined(separator: " "))' ended with exit code \(status >> 8); see its output above"
    case .unreadable(let command):
      "'\(command.joined(separator: " "))' did not print a measurement of at least two steps"
    case .unwritten(let path, let number):
      "cannot write '\(path)': \(Self.reason(number))"
    }
  }

  private static func reason(_ number: Int32) -> String {
    String(cString: strerror(number))
  }
}
