public import Checkpointing
public import Kernels

/// Measures how long operations take, each by itself, with the kernels that training runs them with.
///
/// An operation is executed once to map its memory and warm up, and once to see how long it takes.
/// Then it is timed a few times, a short one over many executions at once, and the median counts:
/// other programs disturb single executions, and never speed one up.
public struct OperationTimer: Sendable {
  private let kernels: Kernels

  /// Creates a timer for kernels with their number of threads.
  public init(kernels: Kernels) { self.kernels = kernels }

  /// Seconds of an operation.
  ///
  /// Its operands are as large as in training, hold numbers in (−2, 2), and are gone afterwards. A long
  /// operation is executed three to seven times, a short one for about ten milliseconds.
  /// - Throws: `TrainingFault.outOfMemory`.
  public func seconds(of form: OperationForm) throws(TrainingFault) -> Double {
    let program = Program(form, threads: kernels.threads)
    let executor = Executor(
      program, arena: try Arena(byteCounts: program.regionBytes), kernels: kernels)
    executor.fillOperands(of: form)
    _ = executor.measure(executions: 1)
    // A clock's tick at least, so that no number of executions is out of bounds.
    let once = max(executor.measure(executions: 1), 1e-7)
    let executions = max(1, Int(Self.leastSample / once))
    let samples = (0..<Self.samples(of: once)).map { _ in executor.measure(executions: executions) }
    return max(samples.sorted()[samples.count / 2], 1e-9)
  }

  /// Seconds of a sample at least: next to them, reading the clock takes no time.
  private static let leastSample = 2e-3

  /// How many samples an operation is worth; an odd number, so that one is in the middle.
  private static func samples(of seconds: Double) -> Int {
    seconds < 0.1 ? 5 : seconds < 0.5 ? 3 : 1
  }
}
