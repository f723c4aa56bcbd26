import Kernels
import ModelGraph

/// Images are [batch · height · width, channels].
extension Executor {
  func forward(_ rule: Pooling, _ operands: Operands) {
    let (x, y) = (operands.input(0), operands.output(0))
    switch rule.function {
    case .largest:
      kernels.maxPoolForward(rule.windows, channels: rule.channels, x: x, into: y)
    case .average:
      kernels.averagePoolForward(rule.windows, channels: rule.channels, x: x, into: y)
    }
  }

  func backward(_ rule: PoolingBackward, _ operands: Operands) {
    let (windows, channels) = (rule.forward.windows, rule.forward.channels)
    let dy = operands.input(0)
    switch rule.forward.function {
    case .largest:
      kernels.maxPoolBackward(
        windows, channels: channels, dy: dy, x: operands.input(1), y: operands.input(2),
        into: operands.output(0, adds: rule.accumulates), accumulate: rule.accumulates)
    case .average:
      kernels.averagePoolBackward(
        windows, channels: channels, dy: dy, into: operands.output(0, adds: rule.accumulates),
        accumulate: rule.accumulates)
    }
  }

  func forward(_ rule: MeanPooling, _ operands: Operands) {
    kernels.meanPoolForward(
      x: operands.input(0), padding: rule.hasPadding ? operands.indices(1) : nil,
      into: operands.output(0), batch: rule.batch, positions: rule.positions, width: rule.width)
  }

  func backward(_ rule: MeanPoolingBackward, _ operands: Operands) {
    kernels.meanPoolBackward(
      dy: operands.input(0), padding: rule.forward.hasPadding ? operands.indices(1) : nil,
      into: operands.output(0, adds: rule.accumulates), accumulate: rule.accumulates,
      batch: rule.forward.batch, positions: rule.forward.positions, width: rule.forward.width)
  }

  func forward(_ rule: Upsampling, _ operands: Operands) {
    kernels.upsampleForward(
      rule.image, factor: rule.factor, batch: rule.batch, channels: rule.channels,
      x: operands.input(0), into: operands.output(0))
  }

  func backward(_ rule: UpsamplingBackward, _ operands: Operands) {
    let forward = rule.forward
    kernels.upsampleBackward(
      forward.image, factor: forward.factor, batch: forward.batch, channels: forward.channels,
      dy: operands.input(0), into: operands.output(0, adds: rule.accumulates),
      accumulate: rule.accumulates)
  }
}
