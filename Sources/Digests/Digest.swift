/// A SHA-256 digest (FIPS 180-4).
public struct Digest: Hashable, Sendable, CustomStringConvertible {
  /// The 32 bytes.
  public let bytes: [UInt8]

  /// Creates a digest from its 32 bytes.
  init(digestBytes: [UInt8]) { self.bytes = digestBytes }

  /// Hashes bytes in memory.
  public init(hashing bytes: UnsafeRawBufferPointer) {
    var builder = DigestBuilder()
    builder.update(bytes)
    self = builder.finalize()
  }

  /// Hashes bytes.
  public init(hashing bytes: [UInt8]) {
    self = bytes.withUnsafeBytes { Digest(hashing: $0) }
  }

  /// Hashes a string's UTF-8 bytes.
  public init(hashing text: String) {
    self.init(hashing: Array(text.utf8))
  }

  /// Reads 64 hex digits; nil where the text is anything else.
  public init?(hex: String) {
    let digits = hex.utf8.compactMap { Self.value(ofHexDigit: $0) }
    guard hex.utf8.count == 64, digits.count == 64 else { return nil }
    self.bytes = stride(from: 0, to: 64, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  /// The 64 lower-case hex digits.
  public var hex: String { prefix(64) }

  /// The first hex digits, at most 64.
  public func prefix(_ count: Int) -> String {
    let digits = Array("0123456789abcdef".utf8)
    let all = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: all.prefix(count), as: UTF8.self)
  }

  /// The 64 lower-case hex digits.
  public var description: String { hex }

  private static func value(ofHexDigit byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
