import KernelTable

/// The numbers of each column that a batch norm's backward pass needs.
struct BatchNormColumns {
  /// Σ g.
  let plain: MutableFloats
  /// Σ g·(x − mean).
  let weighted: MutableFloats
  /// −γ·rstd³·Σ g·(x − mean)/rows.
  let slopes: MutableFloats
  private let factors: MutableFloats
  private let shifts: MutableFloats
  private let gamma: Floats
  private let statistics: Floats
  private let epsilon: Float
  private let rows: Int
  private let width: Int

  init(
    gamma: Floats, statistics: Floats, epsilon: Float, rows: Int, width: Int,
    scratch: inout Scratch
  ) {
    plain = scratch.floats(width)
    weighted = scratch.floats(width)
    slopes = scratch.floats(width)
    factors = scratch.floats(width)
    shifts = scratch.floats(width)
    (self.gamma, self.statistics, self.epsilon) = (gamma, statistics, epsilon)
    (self.rows, self.width) = (rows, width)
    for column in 0..<width { factors[column] = gamma[column] * deviation(column) }
  }

  private func deviation(_ column: Int) -> Float {
    1 / (statistics[width + column] + epsilon).squareRoot()
  }

  /// dx as a map of g and x.
  var affine: ColumnAffine {
    ColumnAffine(
      centers: statistics, factors: Floats(factors), shifts: Floats(shifts), width: width)
  }

  /// The gate of the rows that begin with a value.
  func gate(_ gate: BatchNormGate, from start: Int) -> ColumnGate {
    switch gate {
    case .open: .open
    case .result(let y): .result(y + start)
    case .recomputed(let beta):
      .affine(
        ColumnAffine(centers: statistics, factors: Floats(factors), shifts: beta, width: width))
    }
  }

  /// Makes the parameters' gradients and the map to dx from the sums.
  func finish(gammaGradient: MutableFloats, betaGradient: MutableFloats, accumulate: Bool) {
    for column in 0..<width {
      let deviation = deviation(column)
      let (mean, slope) = (plain[column] / Float(rows), weighted[column] / Float(rows))
      shifts[column] = -factors[column] * mean
      slopes[column] = -factors[column] * (deviation * deviation * slope)
      let gradient = weighted[column] * deviation
      gammaGradient[column] = accumulate ? gammaGradient[column] + gradient : gradient
      betaGradient[column] = accumulate ? betaGradient[column] + plain[column] : plain[column]
    }
  }
}
