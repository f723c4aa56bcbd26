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

  mutating func lowerRMSNorm(epsilon: Float) throws(ModelFault) {
    try requireFeatures("rms_norm")
    let gamma = try parameter("weight", shape: [width], .constant(1))
    let output = try activation(shape: [rows, width])
    let statistics = try statistic("statistics", shape: [rows])
    let kind = RMSNorm(rows: rows, width: width, epsilon: epsilon)
    try emit(.rmsNorm(kind), inputs: [current, gamma], outputs: [output, statistics])
    current = output
  }

  mutating func lowerSoftmax() throws(ModelFault) {
    try requireFeatures("softmax")
    let output = try activation(shape: [rows, width])
    try emit(
      .softmax(Softmax(rows: rows, width: width)), inputs: [current], outputs: [output])
    current = output
  }
}
