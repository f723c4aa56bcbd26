/// Attention with its projections.
extension GraphBuilder {
  mutating func lowerAttention(_ spec: AttentionSpec) throws(ModelFault) {
    let length = try sequenceLength("attention")
    guard spec.dropout >= 0, spec.dropout < 1 else {
      throw fault(.probability(Double(spec.dropout)))
    }
    guard width % spec.heads == 0 else {
      throw fault(.headsDoNotDivide(heads: spec.heads, width: width))
    }
    let features = width
    enter("qkv")
    try lowerLinear(LinearSpec(outFeatures: 3 * features, initialization: spec.initialization))
    leave()
    let output = try activation(shape: [rows, features])
    let logSumExp = try statistic(
      "log_sum_exp", shape: [graph.batch, spec.heads, length])
    let kind = Attention(
      batch: graph.batch, time: length, heads: spec.heads, headSize: features / spec.heads,
      causal: spec.causal, dropout: training ? spec.dropout : 0)
    try emit(.attention(kind), inputs: [current], outputs: [output, logSumExp])
    (current, width) = (output, features)
    enter("proj")
    try lowerLinear(
      LinearSpec(outFeatures: features, initialization: spec.outputInitialization))
    leave()
  }
}
