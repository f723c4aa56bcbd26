import Glibc
import KernelTable

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

  /// Attention with the whole matrix of weights; `factors` are the dropout factors of weights and
  /// `padding` tells 1 for the positions that are seen.
  static func attention(
    _ qkv: [Double], _ shape: AttentionShape, padding: [Int32]?, factors: [Float]?
  ) -> (out: [Double], logSumExp: [Double]) {
    let (time, size, packed) = (shape.time, shape.headSize, shape.packedWidth)
    var out = [Double](repeating: 0, count: shape.batch * time * shape.width)
    var logSumExp: [Double] = []
    for number in 0..<shape.batch * shape.heads {
      let (sequence, head) = (number / shape.heads, number % shape.heads)
      let query = sequence * time * packed + head * size
      let key =
        sequence * time * packed + shape.width + head / (shape.heads / shape.keyHeads) * size
      for i in 0..<time {
        let seen = (0..<(shape.causal ? i + 1 : time)).filter {
          padding?[sequence * time + $0] != 0
        }
        let scores = seen.map { j in
          (0..<size).reduce(0.0) { sum, d in
            sum + qkv[query + i * packed + d] * qkv[key + j * packed + d]
          } / Double(size).squareRoot()
        }
        let maximum = scores.max() ?? 0
        let total = scores.reduce(0.0) { $0 + exp($1 - maximum) }
        logSumExp.append(seen.isEmpty ? .infinity : maximum + log(total))
        for (j, score) in zip(seen, scores) {
          let factor = Double(factors?[(number * time + i) * time + j] ?? 1)
          let weight = exp(score - maximum) / total * factor
          let target = (sequence * time + i) * shape.width + head * size
          for d in 0..<size {
            out[target + d] += weight * qkv[key + shape.keyWidth + j * packed + d]
          }
        }
      }
    }
    return (out, logSumExp)
  }

  /// RMS norm of rows.
  static func rmsNorm(
    _ x: [Double], gamma: [Double], epsilon: Double, rows: Int, width: Int
  ) -> [Double] {
    (0..<rows).flatMap { row in
      let values = x[row * width..<(row + 1) * width]
      let square = values.reduce(0) { $0 + $1 * $1 } / Double(width)
      let factor = 1 / (square + epsilon).squareRoot()
      return zip(values, gamma).map { $0 * factor * $1 }
    }
  }

  /// The softmax of each row.
  static func softmax(_ x: [Double], width: Int) -> [Double] {
    stride(from: 0, to: x.count, by: width).flatMap { start in
      let row = x[start..<start + width]
      let maximum = row.max() ?? 0
      let total = row.reduce(0.0) { $0 + exp($1 - maximum) }
      return row.map { exp($0 - maximum) / total }
    }
  }

  /// Queries and keys turned by position; pairs are the halves of a head.
  static func rotated(_ qkv: [Double], _ shape: AttentionShape, base: Double) -> [Double] {
    var result = qkv
    let half = shape.headSize / 2
    for row in 0..<shape.batch * shape.time {
      for head in 0..<shape.heads + shape.keyHeads {
        for pair in 0..<half {
          let angle =
            Double(row % shape.time) * pow(base, -2 * Double(pair) / Double(shape.headSize))
          let first = row * shape.packedWidth + head * shape.headSize + pair
          let (a, b) = (qkv[first], qkv[first + half])
          result[first] = a * cos(angle) - b * sin(angle)
          result[first + half] = b * cos(angle) + a * sin(angle)
        }
      }
    }
    return result
  }
}
