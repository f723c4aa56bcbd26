import KernelTable

extension VectorKernels {
  func geluTanh(_ x: Floats, into y: MutableFloats, count: Int) {
    apply(GELUTanh(), x, into: y, count: count)
  }

  func geluTanhBackward(_ dy: Floats, _ x: Floats, into dx: MutableFloats, count: Int) {
    apply(GELUTanhGradient(), dy, x, into: dx, count: count)
  }

  func geluExact(_ x: Floats, into y: MutableFloats, count: Int) {
    apply(GELUExact(), x, into: y, count: count)
  }

  func geluExactBackward(_ dy: Floats, _ x: Floats, into dx: MutableFloats, count: Int) {
    apply(GELUExactGradient(), dy, x, into: dx, count: count)
  }

  func relu(_ x: Floats, into y: MutableFloats, count: Int) {
    apply(ReLU(), x, into: y, count: count)
  }

  func reluBackward(_ dy: Floats, _ y: Floats, into dx: MutableFloats, count: Int) {
    apply(ReLUGradient(), dy, y, into: dx, count: count)
  }
}

/// √(2/π)·2 and √(2/π)·2·0.044715: twice tanh's argument is x·(linear + cubic·x²).
private let linear: Float = 1.595_769_12
private let cubic: Float = 0.071_354_816

private struct GELUTanh: UnaryOperation {
  @inline(__always)
  func callAsFunction(_ x: Vector) -> Vector {
    let slope = Vector(repeating: linear).addingProduct(x * x, Vector(repeating: cubic))
    return x / (1 + exponential(-(x * slope)))
  }
}

private struct GELUTanhGradient: BinaryOperation {
  @inline(__always)
  func callAsFunction(_ dy: Vector, _ x: Vector) -> Vector {
    let square = x * x
    let slope = Vector(repeating: linear).addingProduct(square, Vector(repeating: cubic))
    let sigmoid = 1 / (1 + exponential(-(x * slope)))
    let derivative = Vector(repeating: linear)
      .addingProduct(square, Vector(repeating: 3 * cubic))
    return dy * sigmoid.addingProduct(x * derivative, sigmoid * (1 - sigmoid))
  }
}

/// Φ(x) = (1 + erf(x/√2))/2.
@inline(__always)
private func normalDistribution(_ x: Vector) -> Vector {
  0.5 + 0.5 * errorFunction(x * Vector(repeating: 0.707_106_78))
}

private struct GELUExact: UnaryOperation {
  @inline(__always)
  func callAsFunction(_ x: Vector) -> Vector { x * normalDistribution(x) }
}

private struct GELUExactGradient: BinaryOperation {
  @inline(__always)
  func callAsFunction(_ dy: Vector, _ x: Vector) -> Vector {
    let density = 0.398_942_28 * exponential(x * x * -0.5)
    return dy * normalDistribution(x).addingProduct(x, density)
  }
}

private struct ReLU: UnaryOperation {
  @inline(__always)
  func callAsFunction(_ x: Vector) -> Vector { x.replacing(with: Vector.zero, where: x .< 0) }
}

private struct ReLUGradient: BinaryOperation {
  @inline(__always)
  func callAsFunction(_ dy: Vector, _ y: Vector) -> Vector {
    Vector.zero.replacing(with: dy, where: y .> 0)
  }
}
