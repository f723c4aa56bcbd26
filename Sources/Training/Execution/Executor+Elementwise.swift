import KernelTable
import Kernels
import ModelGraph

/// All operands have `count` values; an output may lie over its first input.
extension Executor {
  func forward(_ rule: Activation, _ operands: Operands) {
    let (x, y) = (operands.input(0), operands.output(0))
    switch rule.function {
    case .gelu(let form): kernels.geluForward(form.kernel, x, into: y, count: rule.count)
    case .relu: kernels.reluForward(x, into: y, count: rule.count)
    case .silu: kernels.gateForward(.silu, x, into: y, count: rule.count)
    case .tanh: kernels.gateForward(.tanh, x, into: y, count: rule.count)
    case .sigmoid: kernels.gateForward(.sigmoid, x, into: y, count: rule.count)
    }
  }

  func backward(_ rule: ActivationBackward, _ operands: Operands) {
    let (dy, needed, dx) = (operands.input(0), operands.input(1), operands.output(0))
    let count = rule.forward.count
    switch rule.forward.function {
    case .gelu(let form):
      kernels.geluBackward(form.kernel, dy: dy, x: needed, into: dx, count: count)
    case .relu: kernels.reluBackward(dy: dy, y: needed, into: dx, count: count)
    case .silu: kernels.gateBackward(.silu, dy: dy, needed: needed, into: dx, count: count)
    case .tanh: kernels.gateBackward(.tanh, dy: dy, needed: needed, into: dx, count: count)
    case .sigmoid:
      kernels.gateBackward(.sigmoid, dy: dy, needed: needed, into: dx, count: count)
    }
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

extension GELUForm {
  fileprivate var kernel: GELUKind {
    switch self {
    case .tanh: .tanh
    case .exact: .exact
    }
  }
}
