/// The power of a thousand that all operation counts of one table are given in.
struct CountUnit {
  /// `flops`, `Mflops`, `Gflops` or `Tflops`.
  let symbol: String
  private let divisor: Double

  init(fitting largest: Int) {
    let (symbol, divisor): (String, Double) =
      switch largest {
      case ..<10_000_000: ("kflops", 1e3)
      case ..<10_000_000_000: ("Mflops", 1e6)
      case ..<10_000_000_000_000: ("Gflops", 1e9)
      default: ("Tflops", 1e12)
      }
    self.symbol = symbol
    self.divisor = divisor
  }

  func text(_ count: Int) -> String { Format.fixed(Double(count) / divisor, decimals: 2) }
}
