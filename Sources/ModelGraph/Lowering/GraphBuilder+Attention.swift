/// Attention with its projections.
extension GraphBuilder {
  mutating func lowerAttention(_ spec: AttentionSpec) throws(ModelFault) {
    let length = try sequenceLength("attention")
    if graph.paddingMask != nil { try requireTokens("attention", length) }
    let features = width
    let kind = try attention(spec, time: length)
    enter("qkv")
    try lowerLinear(
      LinearSpec(
        outFeatures: kind.packedWidth, bias: spec.bias, initialization: spec.initialization))
    leave()
    if let base = spec.rotaryBase { try lowerRotary(kind, base: base) }
    let output = try activation(shape: [rows, kind.width])
    let logSumExp = try statistic(
      "log_sum_exp", shape: [graph.batch, spec.heads, length])
    let padding = graph.paddingMask.map { [$0] } ?? []
    try emit(.attention(kind), inputs: [current] + padding, outputs: [output, logSumExp])
    (current, width) = (output, kind.width)
    enter("proj")
    try lowerLinear(
      LinearSpec(
        outFeatures: features, bias: spec.bias, initialization: spec.outputInitialization))
    leave()
  }

  /// The operation between the projections, with its sizes checked.
  private func attention(_ spec: AttentionSpec, time: Int) throws(ModelFault) -> Attention {
    guard spec.dropout >= 0, spec.dropout < 1 else {
      throw fault(.probability(Double(spec.dropout)))
    }
    guard spec.headSize != nil || width.isMultiple(of: spec.heads) else {
      throw fault(.headsDoNotDivide(heads: spec.heads, width: width))
    }
    let keyHeads = spec.keyHeads ?? spec.heads
    guard spec.heads.isMultiple(of: keyHeads) else {
      throw fault(.keyHeadsDoNotDivide(keyHeads: keyHeads, heads: spec.heads))
    }
    return Attention(
      batch: graph.batch, time: time, heads: spec.heads, keyHeads: keyHeads,
      headSize: spec.headSize ?? width / spec.heads, causal: spec.causal,
      dropout: training ? spec.dropout : 0, hasPadding: graph.paddingMask != nil)
  }

  private mutating func lowerRotary(_ attention: Attention, base: Double) throws(ModelFault) {
    guard attention.headSize.isMultiple(of: 2) else {
      throw fault(.oddHeadSize(attention.headSize))
    }
    guard base > 1, base.isFinite else { throw fault(.rotaryBase(base)) }
    let output = try activation("turned", shape: [rows, attention.packedWidth])
    let kind = Rotary(attention: attention, base: base, backward: false)
    try emit(.rotary(kind), inputs: [current], outputs: [output])
    current = output
  }
}
