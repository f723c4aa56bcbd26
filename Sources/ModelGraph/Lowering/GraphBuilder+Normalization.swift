import KernelTable

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

  /// A batch norm and, in training, the update of its running statistics.
  mutating func lowerBatchNorm(_ spec: BatchNormSpec) throws(ModelFault) {
    try requireFeatures("batch_norm")
    let gamma = try parameter("weight", shape: [width], .constant(1))
    let beta = try parameter("bias", shape: [width], .constant(0))
    let running = [
      try runningStatistic("running_mean", shape: [width], begin: 0),
      try runningStatistic("running_var", shape: [width], begin: 1),
    ]
    let output = try activation(shape: [rows, width])
    let shape = BatchNormShape(rows: rows, width: width, epsilon: spec.epsilon)
    if training {
      let statistics = try statistic("statistics", shape: [2, width])
      try emit(
        .batchNorm(BatchNorm(shape: shape)), inputs: [current, gamma, beta],
        outputs: [output, statistics])
      let update = BatchNormUpdate(rows: rows, width: width, momentum: spec.momentum)
      try emit(.batchNormUpdate(update), inputs: [statistics] + running, outputs: [])
    } else {
      try emit(
        .batchNormEvaluation(BatchNormEvaluation(shape: shape)),
        inputs: [current, gamma, beta] + running, outputs: [output])
    }
    current = output
  }

  mutating func lowerGroupNorm(groups: Int, epsilon: Float) throws(ModelFault) {
    try requireFeatures("group_norm")
    guard width % groups == 0 else {
      throw fault(.groupsDoNotDivide(groups: groups, channels: width, what: "input"))
    }
    let gamma = try parameter("weight", shape: [width], .constant(1))
    let beta = try parameter("bias", shape: [width], .constant(0))
    let output = try activation(shape: [rows, width])
    let statistics = try statistic("statistics", shape: [graph.batch, groups, 2])
    let shape = GroupNormShape(
      batch: graph.batch, positions: self.shape.positions, width: width, groups: groups)
    try emit(
      .groupNorm(GroupNorm(shape: shape, epsilon: epsilon)), inputs: [current, gamma, beta],
      outputs: [output, statistics])
    current = output
  }
}
