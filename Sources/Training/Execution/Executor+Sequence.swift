import Kernels
import ModelGraph

/// Rows are [rows, width], sequences [batch × time, width].
extension Executor {
  func forward(_ rule: Softmax, _ operands: Operands) {
    kernels.softmaxForward(
      operands.input(0), into: operands.output(0), rows: rule.rows, width: rule.width)
  }

  func backward(_ rule: SoftmaxBackward, _ operands: Operands) {
    kernels.softmaxBackward(
      dy: operands.input(0), y: operands.input(1), into: operands.output(0),
      rows: rule.forward.rows, width: rule.forward.width)
  }

  func forward(_ rule: FirstToken, _ operands: Operands) {
    kernels.firstForward(
      operands.input(0), into: operands.output(0), batch: rule.batch, time: rule.time,
      width: rule.width)
  }

  func backward(_ rule: FirstTokenBackward, _ operands: Operands) {
    let forward = rule.forward
    kernels.firstBackward(
      dy: operands.input(0), into: operands.output(0, adds: rule.accumulates),
      accumulate: rule.accumulates, batch: forward.batch, time: forward.time,
      width: forward.width)
  }
}
