/// Sizes in bytes as people write them.
public enum ByteSize {
  /// The units, largest first, with their bytes.
  static let units: [(name: String, bytes: Int)] = [
    ("TiB", 1 << 40), ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10),
    ("TB", 1_000_000_000_000), ("GB", 1_000_000_000), ("MB", 1_000_000), ("KB", 1_000),
    ("kB", 1_000), ("B", 1),
  ]

  /// The bytes that `900 MiB`, `1.5GB` or `4096` mean, rounded down; nil for anything else.
  public static func parse(_ text: String) -> Int? {
    let trimmed = text.filter { $0 != " " }
    let number = trimmed.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let unit = trimmed.dropFirst(number.count)
    let scale = unit.isEmpty ? 1 : units.first { $0.name == unit }?.bytes
    guard let scale, number.first?.isNumber == true, number.last?.isNumber == true else {
      return nil
    }
    return bytes(String(number), times: scale)
  }

  /// The product as a whole number of bytes; nil where no `Int` holds it.
  static func bytes(_ number: String, times scale: Int) -> Int? {
    if let whole = Int(number) {
      let (bytes, overflow) = whole.multipliedReportingOverflow(by: scale)
      return overflow ? nil : bytes
    }
    guard let fraction = Double(number) else { return nil }
    return Int(exactly: (fraction * Double(scale)).rounded(.down))
  }
}
