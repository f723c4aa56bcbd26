import Diagnostics
import Digests
import Experiment
import Records

extension JobOutcome {
  /// The outcome of a cell whose process gave none.
  init(of cell: Cell, _ failure: FailureRecord) {
    record = Record(
      id: cell.id, kind: cell.kind.recordKind, status: .failed, key: cell.key.hex, output: .none)
    record.failure = failure
  }
}

extension FailureRecord {
  /// What a process is to be blamed for that ended without an outcome of its cell.
  ///
  /// - Parameter status: as `waitpid` gives it.
  init(processStatus status: Int32, of kind: DirectiveKind) {
    let signal = status & 0x7F
    self.init(
      code: "process-ended",
      message: signal == 0
        ? "its process ended with code \((status >> 8) & 0xFF) and no result"
        : "its process was ended by signal \(signal)",
      notes: (kind == .train ? ["run again to go on from its last saved step"] : [])
        + ["where memory ran out, let fewer cells run at once: -j 1"])
  }

  /// A fault of the run as that of a cell.
  init(_ fault: RunFault) {
    let diagnostic = fault.diagnostics.first
    self.init(
      code: diagnostic?.code ?? "invalid", message: diagnostic?.message ?? "it can't be run",
      notes: diagnostic?.notes ?? [])
  }
}
