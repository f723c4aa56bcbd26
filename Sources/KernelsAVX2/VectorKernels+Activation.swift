import KernelTable

extension VectorKernels {
  func activation(
    _ function: ActivationFunction, _ x: Floats, into y: MutableFloats, count: Int
  ) {
    switch function {
    case .geluTanh: apply(GELUTanh(), x, into: y, count: count)
    case .geluExact: apply(GELUExact(), x, into: y, count: count)
    case .relu: apply(ReLU(), x, into: y, count: count)
    case .silu: apply(SiLU(), x, into: y, count: count)
    case .tanh: apply(Tanh(), x, into: y, count: count)
    case .sigmoid: apply(Sigmoid(), x, into: y, count: count)
    }
  }

  func activationBackward(
    _ function: ActivationFunction, _ dy: Floats, _ needed: Floats, into dx: MutableFloats,
    count: Int
  ) {
    switch function {
    case .geluTanh: apply(GELUTanhGradient(), dy, needed, into: dx, count: count)
    case .geluExact: apply(GELUExactGradient(), dy, needed, into: dx, count: count)
    case .relu: apply(ReLUGradient(), dy, needed, into: dx, count: count)
    case .silu: apply(SiLUGradient(), dy, needed, into: dx, count: count)
    case .tanh: apply(TanhGradient(), dy, needed, into: dx, count: count)
    case .sigmoid: apply(SigmoidGradient(), dy, needed, into: dx, count: count)
    }
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

private struct Sigmoid: UnaryOperation {
  @inline(__always)
  func callAsFunction(_ x: Vector) -> Vector { 1 / (1 + exponential(-x)) }
}

private struct SigmoidGradient: BinaryOperation {
  @inline(__always)
  func callAsFunction(_ dy: Vector, _ y: Vector) -> Vector { dy * (y * (1 - y)) }
}

/// tanh x within 2 ulp: Cephes' polynomial (Moshier, `tanhf`) near 0, where 1 − 2/(e^2x + 1) loses
/// its digits.
private struct Tanh: UnaryOperation {
  @inline(__always)
  func callAsFunction(_ x: Vector) -> Vector {
    let size = x.replacing(with: -x, where: x .< Vector.zero)
    var far = 1 - 2 / (exponential(size + size) + 1)
    far = far.replacing(with: -far, where: x .< Vector.zero)
    let square = x * x
    var near = Vector(repeating: -5.704_988_727_45e-3)
    near = Vector(repeating: 2.063_908_887_5e-2).addingProduct(near, square)
    near = Vector(repeating: -5.373_971_214_6e-2).addingProduct(near, square)
    near = Vector(repeating: 1.333_144_200_6e-1).addingProduct(near, square)
    near = Vector(repeating: -3.333_328_194_2e-1).addingProduct(near, square)
    near = x.addingProduct(near * square, x)
    return far.replacing(with: near, where: size .< Vector(repeating: 0.625))
  }
}

private struct TanhGradient: BinaryOperation {
  @inline(__always)
  func callAsFunction(_ dy: Vector, _ y: Vector) -> Vector { dy * (1 - y * y) }
}

private struct SiLU: UnaryOperation {
  @inline(__always)
  func callAsFunction(_ x: Vector) -> Vector { x / (1 + exponential(-x)) }
}

private struct SiLUGradient: BinaryOperation {
  @inline(__always)
  func callAsFunction(_ dy: Vector, _ x: Vector) -> Vector {
    let sigmoid = 1 / (1 + exponential(-x))
    return dy * sigmoid.addingProduct(x * sigmoid, 1 - sigmoid)
  }
}
