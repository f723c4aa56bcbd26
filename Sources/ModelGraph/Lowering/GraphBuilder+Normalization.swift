/// Layers that normalise.
extension GraphBuilder {
  mutating func lowerLayerNorm(epsilon: Float) throws(ModelFault) {
    let gamma = try parameter("weight", shape: [width], .constant(1))
    let beta = try parameter("bias", shape: [width], .constant(0))
    let output = try activation(shape: [rows, width])
    let statistics = try statistic("statistics", shape: [rows, 2])
    let kind = LayerNorm(rows: rows, width: width, epsilon: epsilon)
    try emit(.layerNorm(kind), inputs: [current, gamma, beta], outputs: [output, statistics])
    current = output
  }
}
