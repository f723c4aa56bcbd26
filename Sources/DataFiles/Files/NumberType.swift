/// A type of number as files hold it.
public enum NumberType: String, Hashable, Sendable, CaseIterable {
  case bool
  case u8
  case i8
  case u16
  case i16
  case u32
  case i32
  case u64
  case i64
  case f16
  case bf16
  case f32
  case f64

  /// Bytes of one number.
  public var byteCount: Int {
    switch self {
    case .bool, .u8, .i8: 1
    case .u16, .i16, .f16, .bf16: 2
    case .u32, .i32, .f32: 4
    case .u64, .i64, .f64: 8
    }
  }

  /// Whether its numbers can have fractions.
  public var isFloatingPoint: Bool {
    switch self {
    case .f16, .bf16, .f32, .f64: true
    default: false
    }
  }
}
