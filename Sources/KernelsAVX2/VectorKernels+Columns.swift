import KernelTable

extension VectorKernels {
  func addSquares(
    _ x: Floats, centers: Floats, rows: Int, into sums: MutableFloats, width: Int
  ) {
    forEachVector(width) { i, count in
      let center = Vector(centers, at: i, count: count)
      var sum = Vector(sums, at: i, count: count)
      for row in 0..<rows {
        let deviation = Vector(x, at: row &* width &+ i, count: count) - center
        sum = sum.addingProduct(deviation, deviation)
      }
      sum.store(to: sums, at: i, count: count)
    }
  }

  func affineColumns(
    _ x: Floats, _ columns: ColumnAffine, residual: Floats?, relu: Bool, into y: MutableFloats,
    rows: Int
  ) {
    for row in 0..<rows {
      let start = row &* columns.width
      forEachVector(columns.width) { i, count in
        var result = mapped(Vector(x, at: start &+ i, count: count), columns, at: i, count)
        if let residual { result += Vector(residual, at: start &+ i, count: count) }
        // NaN stays NaN, as in a ReLU of its own.
        if relu { result.replace(with: Vector.zero, where: result .< Vector.zero) }
        result.store(to: y, at: start &+ i, count: count)
      }
    }
  }

  func addColumnGradients(
    _ dy: Floats, x: Floats, centers: Floats, gate: ColumnGate, plain: MutableFloats,
    weighted: MutableFloats, gated: MutableFloats?, rows: Int, width: Int
  ) {
    let sums = GradientSums(
      dy: dy, x: x, centers: centers, plain: plain, weighted: weighted, gated: gated, rows: rows,
      width: width)
    switch gate {
    case .open: sums.run(OpenGate())
    case .result(let y): sums.run(ResultGate(y: y))
    case .affine(let columns): sums.run(AffineGate(columns: columns))
    }
  }

  func columnGradients(
    _ dy: Floats, x: Floats, _ columns: ColumnAffine, slopes: Floats, gate: ColumnGate,
    into dx: MutableFloats, accumulate: Bool, rows: Int
  ) {
    let gradient = InputGradient(
      dy: dy, x: x, columns: columns, slopes: slopes, dx: dx, accumulate: accumulate, rows: rows)
    switch gate {
    case .open: gradient.run(OpenGate())
    case .result(let y): gradient.run(ResultGate(y: y))
    case .affine(let columns): gradient.run(AffineGate(columns: columns))
    }
  }
}

/// (x − centers) · factors + shifts.
@inline(__always)
private func mapped(_ x: Vector, _ columns: ColumnAffine, at i: Int, _ count: Int) -> Vector {
  let centered = x - Vector(columns.centers, at: i, count: count)
  return Vector(columns.shifts, at: i, count: count)
    .addingProduct(centered, Vector(columns.factors, at: i, count: count))
}

/// A gate as a type of its own, so that loops are built for each.
private protocol Gate {
  /// dy where the gate is open, else 0; `row` is where the row begins.
  func callAsFunction(_ dy: Vector, _ x: Vector, row: Int, at i: Int, _ count: Int) -> Vector
}

private struct OpenGate: Gate {
  @inline(__always)
  func callAsFunction(_ dy: Vector, _ x: Vector, row: Int, at i: Int, _ count: Int) -> Vector { dy }
}

private struct ResultGate: Gate {
  let y: Floats

  @inline(__always)
  func callAsFunction(_ dy: Vector, _ x: Vector, row: Int, at i: Int, _ count: Int) -> Vector {
    Vector.zero.replacing(with: dy, where: Vector(y, at: row &+ i, count: count) .> Vector.zero)
  }
}

private struct AffineGate: Gate {
  let columns: ColumnAffine

  @inline(__always)
  func callAsFunction(_ dy: Vector, _ x: Vector, row: Int, at i: Int, _ count: Int) -> Vector {
    Vector.zero.replacing(with: dy, where: mapped(x, columns, at: i, count) .> Vector.zero)
  }
}

private struct GradientSums {
  let dy: Floats
  let x: Floats
  let centers: Floats
  let plain: MutableFloats
  let weighted: MutableFloats
  let gated: MutableFloats?
  let rows: Int
  let width: Int

  @inline(__always)
  func run(_ gate: some Gate) {
    for row in 0..<rows {
      let start = row &* width
      forEachVector(width) { i, count in
        let x = Vector(x, at: start &+ i, count: count)
        let gradient = gate(
          Vector(dy, at: start &+ i, count: count), x, row: start, at: i, count)
        if let gated { gradient.store(to: gated, at: start &+ i, count: count) }
        (Vector(plain, at: i, count: count) + gradient).store(to: plain, at: i, count: count)
        Vector(weighted, at: i, count: count)
          .addingProduct(gradient, x - Vector(centers, at: i, count: count))
          .store(to: weighted, at: i, count: count)
      }
    }
  }
}

private struct InputGradient {
  let dy: Floats
  let x: Floats
  let columns: ColumnAffine
  let slopes: Floats
  let dx: MutableFloats
  let accumulate: Bool
  let rows: Int

  @inline(__always)
  func run(_ gate: some Gate) {
    let width = columns.width
    for row in 0..<rows {
      let start = row &* width
      forEachVector(width) { i, count in
        let x = Vector(x, at: start &+ i, count: count)
        let gradient = gate(
          Vector(dy, at: start &+ i, count: count), x, row: start, at: i, count)
        let centered = x - Vector(columns.centers, at: i, count: count)
        let rest = Vector(columns.shifts, at: i, count: count)
          .addingProduct(centered, Vector(slopes, at: i, count: count))
        var result = rest.addingProduct(gradient, Vector(columns.factors, at: i, count: count))
        if accumulate { result += Vector(dx, at: start &+ i, count: count) }
        result.store(to: dx, at: start &+ i, count: count)
      }
    }
  }
}
