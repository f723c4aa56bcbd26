import KernelTable

extension VectorKernels {
  func sigmoid(_ x: Floats, into y: MutableFloats, count: Int) {
    apply(Sigmoid(), x, into: y, count: count)
  }

  func sigmoidBackward(_ dy: Floats, _ y: Floats, into dx: MutableFloats, count: Int) {
    apply(SigmoidGradient(), dy, y, into: dx, count: count)
  }

  func tanh(_ x: Floats, into y: MutableFloats, count: Int) {
    apply(Tanh(), x, into: y, count: count)
  }

  func tanhBackward(_ dy: Floats, _ y: Floats, into dx: MutableFloats, count: Int) {
    apply(TanhGradient(), dy, y, into: dx, count: count)
  }

  func silu(_ x: Floats, into y: MutableFloats, count: Int) {
    apply(SiLU(), x, into: y, count: count)
  }

  func siluBackward(_ dy: Floats, _ x: Floats, into dx: MutableFloats, count: Int) {
    apply(SiLUGradient(), dy, x, into: dx, count: count)
  }

  func multiply(_ a: Floats, _ b: Floats, into y: MutableFloats, count: Int) {
    apply(Product(), a, b, into: y, count: count)
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

private struct Product: BinaryOperation {
  @inline(__always)
  func callAsFunction(_ a: Vector, _ b: Vector) -> Vector { a * b }
}
