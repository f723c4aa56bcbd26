import KernelTable
import Kernels
import ModelGraph

/// All operands have `count` values; an output may lie over its first input.
extension Executor {
  func forward(_ rule: Activation, _ operands: Operands) {
    kernels.activationForward(
      rule.function, operands.input(0), into: operands.output(0), count: rule.count)
  }

  func backward(_ rule: ActivationBackward, _ operands: Operands) {
    kernels.activationBackward(
      rule.forward.function, dy: operands.input(0), needed: operands.input(1),
      into: operands.output(0), count: rule.forward.count)
  }

  /// Forward and backward alike: the same mask on x or on dy.
  func forward(_ rule: Dropout, _ operands: Operands, _ key: PhiloxKey) {
    kernels.dropout(
      DropoutMask(probability: rule.probability, key: key), operands.input(0),
      into: operands.output(0), count: rule.count)
  }

  func forward(_ rule: Add, _ operands: Operands) {
    if rule.accumulates {
      kernels.accumulate(
        operands.input(0), into: operands.output(0, adds: true), count: rule.count)
    } else {
      kernels.add(
        operands.input(0), operands.input(1), into: operands.output(0), count: rule.count)
    }
  }

  func forward(_ rule: Multiply, _ operands: Operands) {
    kernels.multiply(
      operands.input(0), operands.input(1), into: operands.output(0), count: rule.count)
  }

  func forward(_ rule: Copy, _ operands: Operands) {
    let (x, y) = (operands.input(0), operands.output(0))
    // A copy that took its input's place has nothing to do.
    if x != UnsafePointer(y) { kernels.copy(x, into: y, count: rule.count) }
  }
}
