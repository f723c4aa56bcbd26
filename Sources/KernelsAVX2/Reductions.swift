import KernelTable

// Sums over a row: lane l holds the sum of the elements l, l + 16, … in order; the last, partial
// vector is padded; the lanes are added last. The order is the same for every instruction set.

/// Σ x.
@inline(__always)
func sum(_ x: Floats, count: Int) -> Float {
  var total = Vector.zero
  var i = 0
  while i &+ lanes <= count {
    total += Vector(x, at: i)
    i &+= lanes
  }
  if i < count { total += Vector(x, at: i, count: count &- i) }
  return total.total
}

/// Σ (x − center)².
@inline(__always)
func squaredDeviations(_ x: Floats, from center: Float, count: Int) -> Float {
  let middle = Vector(repeating: center)
  var total = Vector.zero
  var i = 0
  while i &+ lanes <= count {
    let deviation = Vector(x, at: i) - middle
    total = total.addingProduct(deviation, deviation)
    i &+= lanes
  }
  if i < count {
    let deviation = Vector(x, at: i, count: count &- i, fill: center) - middle
    total = total.addingProduct(deviation, deviation)
  }
  return total.total
}

/// Σ a·b.
@inline(__always)
func dot(_ a: Floats, _ b: Floats, count: Int) -> Float {
  var total = Vector.zero
  var i = 0
  while i &+ lanes <= count {
    total = total.addingProduct(Vector(a, at: i), Vector(b, at: i))
    i &+= lanes
  }
  if i < count {
    let rest = count &- i
    total = total.addingProduct(Vector(a, at: i, count: rest), Vector(b, at: i, count: rest))
  }
  return total.total
}

/// The largest element, or −∞ if there is none; NaN elements may be ignored.
@inline(__always)
func largest(_ x: Floats, count: Int) -> Float {
  var (first, second) = (Vector(repeating: -.infinity), Vector(repeating: -.infinity))
  var i = 0
  while i &+ 2 &* lanes <= count {
    first = first.orLarger(Vector(x, at: i))
    second = second.orLarger(Vector(x, at: i &+ lanes))
    i &+= 2 &* lanes
  }
  while i < count {
    first = first.orLarger(Vector(x, at: i, count: count &- i, fill: -.infinity))
    i &+= lanes
  }
  return first.orLarger(second).largest
}

/// Eight f64 lanes, halves added to halves.
extension SIMD8<Double> {
  /// The sum of the lanes.
  @inline(__always)
  var total: Double {
    let four = lowHalf + highHalf
    let two = four.lowHalf + four.highHalf
    return two.x + two.y
  }
}
