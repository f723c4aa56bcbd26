import Glibc

/// The operations as their definitions say, one value at a time in f64: what kernels are held to.
enum Oracle {
  static func linear(
    _ x: [Float], _ w: [Float], bias: [Float]?, residual: [Float]?, rows: Int, inputs: Int,
    outputs: Int
  ) -> [Double] {
    linear(
      x.map(Double.init), w.map(Double.init), bias: bias?.map(Double.init),
      residual: residual?.map(Double.init), rows: rows, inputs: inputs, outputs: outputs)
  }

  static func linear(
    _ x: [Double], _ w: [Double], bias: [Double]?, residual: [Double]?, rows: Int, inputs: Int,
    outputs: Int
  ) -> [Double] {
    (0..<rows * outputs).map { index in
      let (row, column) = (index / outputs, index % outputs)
      var sum = (bias?[column] ?? 0) + (residual?[index] ?? 0)
      for k in 0..<inputs { sum += x[row * inputs + k] * w[column * inputs + k] }
      return sum
    }
  }

  static func layerNorm(
    _ x: [Double], gamma: [Double], beta: [Double], epsilon: Double, rows: Int, width: Int
  ) -> [Double] {
    (0..<rows).flatMap { row in
      let values = x[row * width..<(row + 1) * width]
      let mean = values.reduce(0, +) / Double(width)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(width)
      let factor = 1 / (variance + epsilon).squareRoot()
      return zip(values, zip(gamma, beta)).map { ($0 - mean) * factor * $1.0 + $1.1 }
    }
  }

  /// −ln softmax(logits)[target]; 0 for an ignored row.
  static func crossEntropy(_ logits: ArraySlice<Double>, target: Int32) -> Double {
    guard target >= 0 else { return 0 }
    let maximum = logits.max() ?? 0
    let sum = logits.reduce(0.0) { $0 + exp($1 - maximum) }
    return log(sum) + maximum - logits[logits.startIndex + Int(target)]
  }

  /// The sum of the rows' cross-entropies.
  static func crossEntropy(_ logits: [Double], targets: [Int32], classes: Int) -> Double {
    targets.enumerated().reduce(0.0) { sum, row in
      let start = row.offset * classes
      return sum + crossEntropy(logits[start..<start + classes], target: row.element)
    }
  }

  /// Attention with the whole matrix of weights; `factors` are the dropout factors of weights.
  static func attention(
    _ qkv: [Double], batch: Int, time: Int, heads: Int, size: Int, causal: Bool,
    factors: [Float]?
  ) -> (out: [Double], logSumExp: [Double]) {
    let width = heads * size
    var out = [Double](repeating: 0, count: batch * time * width)
    var logSumExp: [Double] = []
    for head in 0..<batch * heads {
      let base = head / heads * time * 3 * width + head % heads * size
      for i in 0..<time {
        let seen = causal ? i + 1 : time
        let scores = (0..<seen).map { j in
          (0..<size).reduce(0.0) { sum, d in
            sum + qkv[base + i * 3 * width + d] * qkv[base + j * 3 * width + width + d]
          } / Double(size).squareRoot()
        }
        let maximum = scores.max() ?? 0
        let total = scores.reduce(0.0) { $0 + exp($1 - maximum) }
        logSumExp.append(maximum + log(total))
        for j in 0..<seen {
          let factor = Double(factors?[(head * time + i) * time + j] ?? 1)
          let weight = exp(scores[j] - maximum) / total * factor
          let target = (head / heads * time + i) * width + head % heads * size
          for d in 0..<size {
            out[target + d] += weight * qkv[base + j * 3 * width + 2 * width + d]
          }
        }
      }
    }
    return (out, logSumExp)
  }
}
