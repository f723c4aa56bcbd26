import KernelTable

/// The numbers of each column that the backward pass of one example's group norm needs.
struct GroupNormColumns {
  let centers: MutableFloats
  let slopes: MutableFloats
  private let factors: MutableFloats
  private let shifts: MutableFloats
  private let shape: GroupNormShape
  private let gamma: Floats
  private let epsilon: Float

  init(_ shape: GroupNormShape, gamma: Floats, epsilon: Float, scratch: inout Scratch) {
    (self.shape, self.gamma, self.epsilon) = (shape, gamma, epsilon)
    centers = scratch.floats(shape.width)
    slopes = scratch.floats(shape.width)
    factors = scratch.floats(shape.width)
    shifts = scratch.floats(shape.width)
  }

  /// dx as a map of dy and x.
  var affine: ColumnAffine {
    ColumnAffine(centers: centers, factors: factors, shifts: shifts, width: shape.width)
  }

  /// Takes an example's statistics; `shifts` holds 1/√(variance + ε) until `finish`.
  func begin(statistics: Floats) {
    shape.forEachGroup { group, channels in
      let deviation = 1 / (statistics[2 * group + 1] + epsilon).squareRoot()
      for channel in channels {
        centers[channel] = statistics[2 * group]
        shifts[channel] = deviation
        factors[channel] = gamma[channel] * deviation
      }
    }
  }

  /// Makes the map to dx from Σ dy and Σ dy·(x − mean), and of the latter the gradient of γ.
  func finish(plain: MutableFloats, weighted: MutableFloats) {
    shape.forEachGroup { group, channels in
      let deviation = shifts[channels.lowerBound]
      var (mean, slope) = (Float(0), Float(0))
      for channel in channels {
        mean += gamma[channel] * plain[channel]
        slope += gamma[channel] * weighted[channel]
        weighted[channel] *= deviation
      }
      mean *= deviation / Float(shape.count)
      slope *= deviation * deviation * deviation / Float(shape.count)
      for channel in channels {
        shifts[channel] = -mean
        slopes[channel] = -slope
      }
    }
  }
}
