import Checkpointing
import ModelGraph

extension Executor {
  /// Begins or ends the transfer of a value that waits on disk.
  ///
  /// Until it ends the thread that moves the bytes is alone with them: the plan gives them to no other
  /// value, and no operation in between reads or writes them (`DiskWaits`).
  func transfer(
    _ part: DiskTransfer.Part, _ instruction: Program.Instruction, _ operands: Operands
  ) {
    guard let disk, let slot = instruction.disk else {
      preconditionFailure("\(instruction.layer) has a value that waits on no disk")
    }
    switch part {
    case .writeStart: transfers[slot] = disk.write(operands.moved, at: slot)
    case .readStart: transfers[slot] = disk.read(operands.moved, at: slot)
    case .writeEnd, .readEnd:
      _ = operands.moved
      guard let number = transfers[slot] else { return }
      let clock = ContinuousClock()
      let start = clock.now
      disk.wait(for: number)
      diskSeconds += (clock.now - start).seconds
    }
  }
}
