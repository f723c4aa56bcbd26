import Records

/// An axis of a plot: the range of its values in a unit that reads well.
struct PlotAxis {
  let axis: Chart.Axis
  private let divisor: Double
  private let format: QueryResult.Format
  private let unit: TimeUnit

  init(_ summary: PlotSummary.Axis, values: [Double], fromZero: Bool = false) {
    format = summary.format
    unit = TimeUnit(fitting: summary.format == .seconds ? values : [])
    let (divisor, symbol) = Self.scale(summary.format, values, unit)
    self.divisor = divisor
    let title = symbol.map { "\(summary.title) (\($0))" } ?? summary.title
    let shown = values.map { $0 / divisor }
    let low = shown.min() ?? 0
    let high = shown.max() ?? 1
    var axis = Chart.Axis(title: title, low: low, high: high)
    if let categories = summary.categories {
      axis.scale = .categories(categories.map(Self.shortened))
    } else if summary.isLogarithmic {
      axis.scale = .logarithmic
      let margin = low < high ? 1 + min(0.15, (high / low - 1) * 0.06) : 2
      (axis.low, axis.high) = (low / margin, high * margin)
    } else {
      axis.isWhole = summary.format == .plain && shown.allSatisfy { $0 == $0.rounded() }
      let margin = max((high - low) * 0.06, abs(high) * 1e-6, 1e-9)
      (axis.low, axis.high) = (low - margin, high + margin)
      if fromZero {
        axis.low = low >= 0 ? 0 : axis.low
        axis.high = max(0, high + (high - min(0, low)) * 0.1, axis.low + 1e-9)
      }
    }
    self.axis = axis
  }

  /// A value in the unit of the axis.
  func shown(_ value: Double) -> Double { value / divisor }

  /// A value as a label in the unit of the axis.
  func label(_ value: Double) -> String {
    switch format {
    case .bytes: Format.fixed(value / divisor, decimals: divisor == 1 ? 0 : 2)
    case .seconds: unit.text(value)
    case .percent: Format.percent(value)
    case .exact: "\(value)"
    case .plain:
      Int(exactly: value).map(Format.count) ?? Format.number(value)
    }
  }

  private static func scale(
    _ format: QueryResult.Format, _ values: [Double], _ unit: TimeUnit
  ) -> (Double, String?) {
    switch format {
    case .bytes: (values.max() ?? 0) < 131_072 ? (1, "B") : (1_048_576, "MiB")
    case .seconds: (unit.symbol == "ms" ? 0.001 : 1, unit.symbol)
    case .percent: (0.01, "%")
    case .plain, .exact: (1, nil)
    }
  }

  /// A name that fits below an axis.
  static func shortened(_ name: String) -> String {
    name.count > 40 ? name.prefix(39) + "…" : name
  }
}
