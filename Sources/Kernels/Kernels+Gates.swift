public import KernelTable

/// Functions of one value besides GELU and ReLU.
public enum GateKind: Hashable, Sendable {
  /// x·σ(x).
  case silu
  /// tanh x.
  case tanh
  /// σ(x) = 1/(1 + e^−x).
  case sigmoid

  /// Whether the gradient is computed from the function's output rather than its input.
  public var differentiatesOutput: Bool { self != .silu }
}

extension Kernels {
  /// y = f(x) over `count` values; y may be x.
  public func gateForward(_ kind: GateKind, _ x: Floats, into y: MutableFloats, count: Int) {
    forEachTile(count) { start, count in
      switch kind {
      case .silu: table.silu(x + start, into: y + start, count: count)
      case .tanh: table.tanh(x + start, into: y + start, count: count)
      case .sigmoid: table.sigmoid(x + start, into: y + start, count: count)
      }
    }
  }

  /// dx = dy·f′ over `count` values; dx may be dy or `needed`.
  ///
  /// - Parameter needed: x, or y where the kind `differentiatesOutput`.
  public func gateBackward(
    _ kind: GateKind, dy: Floats, needed: Floats, into dx: MutableFloats, count: Int
  ) {
    forEachTile(count) { start, count in
      let (dy, needed, dx) = (dy + start, needed + start, dx + start)
      switch kind {
      case .silu: table.siluBackward(dy, needed, into: dx, count: count)
      case .tanh: table.tanhBackward(dy, needed, into: dx, count: count)
      case .sigmoid: table.sigmoidBackward(dy, needed, into: dx, count: count)
      }
    }
  }

  /// y = a·b over `count` values; y may be a or b.
  public func multiply(_ a: Floats, _ b: Floats, into y: MutableFloats, count: Int) {
    forEachTile(count) { start, count in
      table.multiply(a + start, b + start, into: y + start, count: count)
    }
  }
}
