import KernelTable
import Kernels
import ModelGraph

/// q|k|v is [batch × time, 3·width], o [batch × time, width], log-sum-exp [batch, heads, time].
extension Executor {
  func forward(_ rule: Attention, _ operands: Operands, _ key: PhiloxKey) {
    kernels.attentionForward(
      rule.shape, qkv: operands.input(0), dropout: rule.mask(key), into: operands.output(0),
      logSumExp: operands.output(1), workspace: operands.workspace)
  }

  func backward(_ rule: AttentionBackward, _ operands: Operands, _ key: PhiloxKey) {
    kernels.attentionBackward(
      rule.forward.shape, dOut: operands.input(0), qkv: operands.input(1),
      dropout: rule.forward.mask(key), out: operands.input(2), logSumExp: operands.input(3),
      into: operands.output(0), workspace: operands.workspace)
  }
}

extension Attention {
  fileprivate var shape: AttentionShape {
    AttentionShape(batch: batch, time: time, heads: heads, headSize: headSize, causal: causal)
  }

  fileprivate func mask(_ key: PhiloxKey) -> DropoutMask? {
    dropout > 0 ? DropoutMask(probability: dropout, key: key) : nil
  }
}
