import Kernels
import ModelGraph

/// The parts are [rows, first] and [rows, second], the whole [rows, first + second].
extension Executor {
  func forward(_ rule: Concatenation, _ operands: Operands) {
    let whole = operands.output(0)
    for (index, width) in [rule.first, rule.second].enumerated() {
      kernels.copyColumns(
        operands.input(index), into: whole, rows: rule.rows, width: width, stride: rule.width,
        offset: index * rule.first)
    }
  }

  func backward(_ rule: ConcatenationBackward, _ operands: Operands) {
    kernels.takeColumns(
      operands.input(0), into: operands.output(0, adds: rule.accumulates),
      accumulate: rule.accumulates, rows: rule.rows, width: rule.width, stride: rule.stride,
      offset: rule.offset)
  }
}
