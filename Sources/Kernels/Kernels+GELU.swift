public import KernelTable

/// The two forms of GELU (Hendrycks & Gimpel 2016).
public enum GELUKind: Hashable, Sendable {
  /// 0.5x(1 + tanh(√(2/π)(x + 0.044715x³))).
  case tanh
  /// x·Φ(x).
  case exact
}

extension Kernels {
  /// y = gelu(x) over `count` values; y may be x.
  public func geluForward(_ kind: GELUKind, _ x: Floats, into y: MutableFloats, count: Int) {
    forEachTile(count) { start, count in
      switch kind {
      case .tanh: table.geluTanh(x + start, into: y + start, count: count)
      case .exact: table.geluExact(x + start, into: y + start, count: count)
      }
    }
  }

  /// dx = dy·gelu'(x) over `count` values; dx may be dy or x.
  public func geluBackward(
    _ kind: GELUKind, dy: Floats, x: Floats, into dx: MutableFloats, count: Int
  ) {
    forEachTile(count) { start, count in
      switch kind {
      case .tanh: table.geluTanhBackward(dy + start, x + start, into: dx + start, count: count)
      case .exact: table.geluExactBackward(dy + start, x + start, into: dx + start, count: count)
      }
    }
  }
}
