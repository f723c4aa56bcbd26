/// The unit of all times of one table.
public enum TimeUnit: Sendable {
  case seconds
  case milliseconds

  /// Seconds where no time but zero is shorter than 10 ms, else milliseconds.
  public init(fitting seconds: [Double]) {
    let shortest = seconds.filter { $0 > 0 }.min() ?? 1
    self = shortest < 0.01 ? .milliseconds : .seconds
  }

  /// `s` or `ms`.
  public var symbol: String {
    switch self {
    case .seconds: "s"
    case .milliseconds: "ms"
    }
  }

  /// A time without its unit: three decimals of a second, two of a millisecond.
  public func text(_ seconds: Double) -> String {
    switch self {
    case .seconds: Format.fixed(seconds, decimals: 3)
    case .milliseconds: Format.fixed(seconds * 1000, decimals: 2)
    }
  }

  /// A time with a unit of its own choice: `1.234 s`, `5.60 ms`.
  public static func described(_ seconds: Double) -> String {
    let unit = TimeUnit(fitting: [seconds])
    return "\(unit.text(seconds)) \(unit.symbol)"
  }
}
