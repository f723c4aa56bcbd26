/// How quantities are written, everywhere in the same way and with the same bytes.
///
/// Digits are computed here, not by a locale: a recorded value prints alike on every machine.
public enum Format {
  /// Separates groups of three digits: a narrow space at which lines don't break.
  static let groupSeparator = "\u{202F}"

  /// A count with its digits in groups: `124 439 808`.
  public static func count(_ count: Int) -> String {
    let digits = String(count.magnitude)
    guard digits.count > 3 else { return String(count) }
    var grouped = count < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { grouped += groupSeparator }
      grouped.append(digit)
    }
    return grouped
  }

  /// A size in MiB with two decimals and no unit, such as `412.06`.
  ///
  /// Halves are rounded away from zero.
  public static func mebibytes(_ bytes: Int) -> String {
    let magnitude = bytes.magnitude
    let (whole, rest) = magnitude.quotientAndRemainder(dividingBy: 1 << 20)
    let hundredths = (rest * 100 + (1 << 19)) >> 20
    let total = Int(whole) + Int(hundredths / 100)
    let decimals = padded(Int(hundredths % 100), to: 2)
    return "\(bytes < 0 ? "-" : "")\(count(total)).\(decimals)"
  }

  /// A size with its unit: `412.06 MiB`, and where that would have a digit or none `9.31 KiB` or
  /// `76 B`.
  public static func size(_ bytes: Int) -> String {
    switch bytes.magnitude {
    case ..<1024: "\(bytes) B"
    // A tenth of a MiB.
    case ..<104_858: "\(fixed(Double(bytes) / 1024, decimals: 2)) KiB"
    default: "\(mebibytes(bytes)) MiB"
    }
  }

  /// A number with fixed decimals, its whole part in groups: `1 234.5000`.
  ///
  /// Numbers too large for that many exact digits come out in powers of ten.
  public static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return nonFinite(value) }
    let power = (0..<decimals).reduce(1.0) { power, _ in power * 10 }
    let scaled = (value.magnitude * power).rounded()
    guard scaled < 9e15 else { return scientific(value, digits: decimals + 1) }
    let (whole, rest) = Int(scaled).quotientAndRemainder(dividingBy: Int(power))
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard decimals > 0 else { return sign + count(whole) }
    return "\(sign)\(count(whole)).\(padded(rest, to: decimals))"
  }

  /// A number computed by training: four decimals where they say enough, else powers of ten.
  public static func number(_ value: Double) -> String {
    guard value.isFinite else { return nonFinite(value) }
    if value == 0 || (value.magnitude >= 0.001 && value.magnitude < 1e6) {
      return fixed(value, decimals: 4)
    }
    return scientific(value, digits: 5)
  }

  /// A number in powers of ten with that many digits: `1.2345e-05`.
  static func scientific(_ value: Double, digits: Int) -> String {
    guard value.isFinite else { return nonFinite(value) }
    guard value != 0 else { return "0" }
    var mantissa = value.magnitude
    var exponent = 0
    while mantissa >= 10 {
      mantissa /= 10
      exponent += 1
    }
    while mantissa < 1 {
      mantissa *= 10
      exponent -= 1
    }
    var text = fixed(mantissa, decimals: digits - 1)
    if text.hasPrefix("10") {
      text = fixed(1, decimals: digits - 1)
      exponent += 1
    }
    let sign = exponent < 0 ? "-" : "+"
    return "\(value < 0 ? "-" : "")\(text)e\(sign)\(padded(Int(exponent.magnitude), to: 2))"
  }

  /// A ratio to something else: `0.58×`; a dash where there is nothing to divide by.
  public static func ratio(_ value: Double, to base: Double) -> String {
    let ratio = value / base
    return ratio.isFinite ? "\(fixed(ratio, decimals: 2))×" : "–"
  }

  /// A fraction in per cent: `24.3 %`.
  public static func percent(_ fraction: Double) -> String {
    fraction.isFinite ? "\(fixed(fraction * 100, decimals: 1)) %" : "–"
  }

  /// A digest's first 16 digits: enough to tell results apart.
  public static func digest(_ hex: String) -> String { String(hex.prefix(16)) }

  static func padded(_ value: Int, to width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  private static func nonFinite(_ value: Double) -> String {
    value.isNaN ? "NaN" : value < 0 ? "-Inf" : "Inf"
  }
}
