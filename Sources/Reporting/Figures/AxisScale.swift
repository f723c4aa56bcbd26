#if canImport(Glibc)
  import Glibc
#endif

/// How values are spread along an axis.
enum AxisScale {
  /// Equal differences have equal lengths.
  case linear
  /// Equal ratios have equal lengths.
  case logarithmic
  /// Names at equal distances; a value is a position among them.
  case categories([String])
}

extension Chart.Axis {
  /// How far along the axis a value lies, from 0 to 1.
  func fraction(_ value: Double) -> Double {
    switch scale {
    case .linear: (value - low) / (high - low)
    case .logarithmic: (log10(value) - log10(low)) / (log10(high) - log10(low))
    case .categories(let names): (value + 0.5) / Double(max(names.count, 1))
    }
  }

  /// The marked values with their labels, about that many where values are numbers.
  func ticks(count: Int) -> [(value: Double, label: String)] {
    switch scale {
    case .linear:
      let ticks = Ticks(from: low, to: high, count: count, whole: isWhole)
      return ticks.values.map { ($0, ticks.label($0) + suffix) }
    case .logarithmic:
      let ticks = logarithmicTicks(count: count)
      guard ticks.count < 3 else { return ticks }
      // Less than about a decade: round numbers at equal differences tell more.
      let round = Ticks(from: low, to: high, count: count)
      return round.values.filter { $0 > 0 }.map { ($0, round.label($0) + suffix) }
    case .categories(let names): return names.enumerated().map { (Double($0), $1) }
    }
  }

  /// Powers of ten, every second one where they are many; 2 and 5 between them where they are few.
  private func logarithmicTicks(count: Int) -> [(value: Double, label: String)] {
    let first = Int(log10(low).rounded(.down))
    let last = Int(log10(high).rounded(.up))
    let decades = max(1, last - first)
    let factors: [Double] = decades <= 1 ? [1, 2, 3, 5, 7] : decades <= 3 ? [1, 2, 5] : [1]
    let stride = max(1, decades / max(1, count))
    let slack = 1 + 1e-9
    return (first...last).filter { ($0 - first).isMultiple(of: stride) }.flatMap { exponent in
      factors.map { factor in (factor * pow(10, Double(exponent)), exponent) }
    }
    .filter { value, _ in value * slack >= low && value <= high * slack }
    .map { value, exponent in
      let isPlain = (-3...5).contains(exponent)
      let label =
        isPlain
        ? Format.fixed(value, decimals: max(0, -exponent)) : Format.scientific(value, digits: 1)
      return (value, label + suffix)
    }
  }

  /// Whether names are too long to stand side by side.
  func slantsLabels(in frame: Chart.Frame) -> Bool {
    guard case .categories(let names) = scale else { return false }
    let room = (frame.right - frame.left) / Double(max(names.count, 1)) - 8
    return names.contains { Chart.width(of: $0) > room }
  }
}
