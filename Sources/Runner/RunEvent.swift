public import Diagnostics
public import Records
public import Training

/// What a run tells while it goes on.
public enum RunEvent: Sendable {
  /// Something that is no error, such as a store that can't be used.
  case warning(Diagnostic)
  /// Another process runs the notebook; the run waits for it.
  case waiting(process: String)
  /// Why stored results of a cell don't serve.
  case recomputes(cell: String, reason: String)
  /// A cell begins to run: the how-manieth of how many, and the number of the process that executes
  /// it where that is another one.
  case began(cell: String, kind: CellKind, index: Int, count: Int, worker: Int?)
  /// A cell reads a large file: so many of its bytes are done.
  case reading(cell: String, file: String, done: Int, total: Int)
  /// So many operations of a cell are timed before its plan is made.
  case measuring(cell: String, operations: Int)
  /// A training cell made a step.
  case step(cell: String, StepReport)
  /// A cell ended.
  case ended(CellReport)
}

/// How a cell ended.
public struct CellReport: Sendable {
  /// The cell.
  public let id: String
  /// Its kind.
  public let kind: CellKind
  /// Its place among the run's cells, from 1.
  public let index: Int
  /// How many there are.
  public let count: Int
  /// The line of its fence.
  public let line: Int
  /// How it ended.
  public let outcome: Outcome
  /// Seconds it took in this run.
  public let seconds: Double

  /// How a cell can end.
  public enum Outcome: Sendable {
    /// Its output is in the notebook already; nothing had to be read.
    case fresh
    /// Its stored result serves.
    case cached(Record)
    /// It ran.
    case ran(Record)
    /// It failed.
    case failed(FailureRecord)
    /// It was not asked for, or needs a cell that failed or was not asked for.
    case skipped(String)
  }

  /// The record, if there is one.
  public var record: Record? {
    switch outcome {
    case .cached(let record), .ran(let record): record
    case .fresh, .failed, .skipped: nil
    }
  }
}

/// A run's end.
public struct RunReport: Sendable {
  /// All cells that were come to, in the order in which they run one after the other.
  public var cells: [CellReport] = []
  /// Whether the run ended before its last cell.
  public var isCut = false
  /// Whether the notebook's file was written.
  public var wroteNotebook = false
  /// Whether the notebook keeps its outputs, as they are those of its own parameters and costs and
  /// this run has others.
  public internal(set) var leavesNotebook = false
  /// The notebook with its outputs, where it goes to the standard output.
  public var text: [UInt8]?
  /// What the run means to the caller.
  public var exitCode = ExitCode.ok

  /// The cells whose claims are expected to fail.
  var expectedToFail: Set<String> = []

  /// Claims that don't hold, with their cells, but for those that are expected to fail.
  public var failedClaims: [(cell: String, claim: ClaimResult)] {
    cells.flatMap { cell -> [(cell: String, claim: ClaimResult)] in
      guard case .expect(let claims) = cell.record?.output, !expectedToFail.contains(cell.id)
      else { return [] }
      return claims.filter { !$0.holds }.map { (cell.id, $0) }
    }
  }
}
