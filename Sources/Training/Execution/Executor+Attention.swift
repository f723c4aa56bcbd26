import KernelTable
import Kernels
import ModelGraph

/// q|k|v is [batch × time, packed width], the padding mask [batch, time], o [batch × time, width], log-sum-exp [batch, heads, time].
extension Executor {
  func forward(_ rule: Attention, _ operands: Operands, _ key: PhiloxKey) {
    kernels.attentionForward(
      rule.shape, qkv: operands.input(0), padding: rule.hasPadding ? operands.indices(1) : nil,
      dropout: rule.mask(key), into: operands.output(0),
      logSumExp: operands.output(1), workspace: operands.workspace)
  }

  func forward(_ rule: CachedAttention, _ operands: Operands, _ context: StepContext) {
    kernels.attentionCached(
      rule.attention.shape, qkv: operands.input(0), cache: operands.changed(1),
      positions: context.position..<context.position + rule.count, into: operands.output(0),
      workspace: operands.workspace)
  }

  func backward(_ rule: AttentionBackward, _ operands: Operands, _ key: PhiloxKey) {
    kernels.attentionBackward(
      rule.forward.shape, dOut: operands.input(0), qkv: operands.input(1),
      padding: rule.forward.hasPadding ? operands.indices(4) : nil,
      dropout: rule.forward.mask(key), out: operands.input(2), logSumExp: operands.input(3),
      into: operands.output(0), workspace: operands.workspace)
  }

  /// Forward and, turning back, backward.
  func forward(_ rule: Rotary, _ operands: Operands, _ context: StepContext) {
    kernels.rotate(
      rule.attention.shape, base: rule.base, qkv: operands.input(0), backward: rule.backward,
      firstPosition: context.position, into: operands.output(0), workspace: operands.workspace)
  }
}

extension Attention {
  fileprivate var shape: AttentionShape {
    AttentionShape(
      batch: batch, time: time, heads: heads, keyHeads: keyHeads, headSize: headSize,
      causal: causal)
  }

  fileprivate func mask(_ key: PhiloxKey) -> DropoutMask? {
    dropout > 0 ? DropoutMask(probability: dropout, key: key) : nil
  }
}
