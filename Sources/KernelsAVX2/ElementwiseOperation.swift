import KernelTable

/// What is done to one vector; a type of its own, as a closure passed to a loop isn't inlined.
protocol UnaryOperation {
  func callAsFunction(_ x: Vector) -> Vector
}

/// What is done to two vectors.
protocol BinaryOperation {
  func callAsFunction(_ a: Vector, _ b: Vector) -> Vector
}

/// y = operation(x); y may be x: each vector is read before it is written.
@inline(__always)
func apply(_ operation: some UnaryOperation, _ x: Floats, into y: MutableFloats, count: Int) {
  var i = 0
  while i &+ lanes <= count {
    operation(Vector(x, at: i)).store(to: y, at: i)
    i &+= lanes
  }
  guard i < count else { return }
  operation(Vector(x, at: i, count: count &- i)).store(to: y, at: i, count: count &- i)
}

/// y = operation(a, b); y may be a or b: each vector is read before it is written.
@inline(__always)
func apply(
  _ operation: some BinaryOperation, _ a: Floats, _ b: Floats, into y: MutableFloats, count: Int
) {
  var i = 0
  while i &+ lanes <= count {
    operation(Vector(a, at: i), Vector(b, at: i)).store(to: y, at: i)
    i &+= lanes
  }
  guard i < count else { return }
  let rest = count &- i
  operation(Vector(a, at: i, count: rest), Vector(b, at: i, count: rest))
    .store(to: y, at: i, count: rest)
}

/// Calls `body` with the begin of each vector of a row and how many values it has.
@inline(__always)
func forEachVector(_ width: Int, _ body: (_ i: Int, _ count: Int) -> Void) {
  var i = 0
  while i &+ lanes <= width {
    body(i, lanes)
    i &+= lanes
  }
  if i < width { body(i, width &- i) }
}
