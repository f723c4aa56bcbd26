import KernelTable

extension VectorKernels {
  func add(_ a: Floats, _ b: Floats, into y: MutableFloats, count: Int) {
    apply(Sum(), a, b, into: y, count: count)
  }

  func multiply(_ a: Floats, _ b: Floats, into y: MutableFloats, count: Int) {
    apply(Product(), a, b, into: y, count: count)
  }

  func addRows(_ x: Floats, rows: Int, stride: Int, into y: MutableFloats, count: Int) {
    var row = 0
    while row &+ 4 <= rows {
      addFourRows(x + row &* stride, stride: stride, into: y, count: count)
      row &+= 4
    }
    while row < rows {
      apply(Sum(), y, x + row &* stride, into: y, count: count)
      row &+= 1
    }
  }

  func exponentials(_ x: Floats, into y: MutableFloats, count: Int) {
    apply(Exponential(), x, into: y, count: count)
  }

  func errorFunctions(_ x: Floats, into y: MutableFloats, count: Int) {
    apply(ErrorFunction(), x, into: y, count: count)
  }

  func logarithms(_ x: Floats, into y: MutableFloats, count: Int) {
    apply(Logarithm(), x, into: y, count: count)
  }

  /// Adds four rows in turn, with one load and one store of y.
  @inline(__always)
  private func addFourRows(_ x: Floats, stride: Int, into y: MutableFloats, count: Int) {
    var i = 0
    while i &+ lanes <= count {
      var sum = Vector(y, at: i) + Vector(x, at: i)
      sum += Vector(x, at: i &+ stride)
      sum += Vector(x, at: i &+ 2 &* stride)
      sum += Vector(x, at: i &+ 3 &* stride)
      sum.store(to: y, at: i)
      i &+= lanes
    }
    while i < count {
      y[i] = y[i] + x[i] + x[i &+ stride] + x[i &+ 2 &* stride] + x[i &+ 3 &* stride]
      i &+= 1
    }
  }
}

private struct Sum: BinaryOperation {
  @inline(__always)
  func callAsFunction(_ a: Vector, _ b: Vector) -> Vector { a + b }
}

private struct Product: BinaryOperation {
  @inline(__always)
  func callAsFunction(_ a: Vector, _ b: Vector) -> Vector { a * b }
}

private struct Exponential: UnaryOperation {
  @inline(__always)
  func callAsFunction(_ x: Vector) -> Vector { exponential(x) }
}

private struct ErrorFunction: UnaryOperation {
  @inline(__always)
  func callAsFunction(_ x: Vector) -> Vector { errorFunction(x) }
}

private struct Logarithm: UnaryOperation {
  @inline(__always)
  func callAsFunction(_ x: Vector) -> Vector { logarithm(x) }
}
