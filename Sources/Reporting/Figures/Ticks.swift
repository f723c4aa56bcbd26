#if canImport(Glibc)
  import Glibc
#endif

/// Round numbers along an axis.
struct Ticks {
  /// The marked values, in order.
  let values: [Double]
  /// The decimals that tell them apart.
  let decimals: Int

  /// Marks about `count` values inside a range, at multiples of 1, 2 or 5 times a power of ten.
  ///
  /// - Parameter whole: Whether only whole numbers make sense, as for steps.
  init(from low: Double, to high: Double, count: Int, whole: Bool = false) {
    let span = max(high - low, 1e-12)
    let rough = span / Double(max(count, 1))
    var exponent = Int(log10(rough).rounded(.down))
    let power = pow(10, Double(exponent))
    var factor: Double = [1, 2, 5, 10].first { $0 * power >= rough * 0.9999 } ?? 10
    if factor == 10 {
      factor = 1
      exponent += 1
    }
    if whole, exponent < 0 {
      factor = 1
      exponent = 0
    }
    let step = factor * pow(10, Double(exponent))
    let first = (low / step - 1e-9).rounded(.up)
    let last = (high / step + 1e-9).rounded(.down)
    values = first <= last ? stride(from: first, through: last, by: 1).map { $0 * step } : []
    decimals = max(0, -exponent)
  }

  /// A tick's label.
  func label(_ value: Double) -> String { Format.fixed(value, decimals: decimals) }
}
