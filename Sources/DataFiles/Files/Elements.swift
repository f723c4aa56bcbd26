/// Numbers of one type that lie one after the other in a file.
public struct Elements: Sendable {
  /// The file.
  public let bytes: FileBytes
  /// Where the first number lies.
  public let offset: Int
  /// How many there are.
  public let count: Int
  /// Their type.
  public let type: NumberType
  /// Whether the most significant byte comes first.
  public let isBigEndian: Bool

  init(_ bytes: FileBytes, offset: Int, count: Int, type: NumberType, isBigEndian: Bool = false) {
    self.bytes = bytes
    self.offset = offset
    self.count = count
    self.type = type
    self.isBigEndian = isBigEndian
  }

  /// Numbers as f32: rounded to the nearest where they have more digits.
  ///
  /// - Throws: `DataFileError` with a `BytesFault` where the file was changed.
  public func floats(_ range: Range<Int>) throws(DataFileError) -> [Float] {
    switch type {
    case .bool: try raw(range, as: UInt8.self).map { $0 == 0 ? 0 : 1 }
    case .u8: try raw(range, as: UInt8.self).map { Float($0) }
    case .i8: try raw(range, as: Int8.self).map { Float($0) }
    case .u16: try raw(range, as: UInt16.self).map { Float($0) }
    case .i16: try raw(range, as: Int16.self).map { Float($0) }
    case .u32: try raw(range, as: UInt32.self).map { Float($0) }
    case .i32: try raw(range, as: Int32.self).map { Float($0) }
    case .u64: try raw(range, as: UInt64.self).map { Float($0) }
    case .i64: try raw(range, as: Int64.self).map { Float($0) }
    case .f16: try raw(range, as: UInt16.self).map { Float(Float16(bitPattern: $0)) }
    case .bf16: try raw(range, as: UInt16.self).map { Float(bitPattern: UInt32($0) << 16) }
    case .f32 where !isBigEndian: try numbers(range, as: Float.self)
    case .f32: try raw(range, as: UInt32.self).map { Float(bitPattern: $0) }
    case .f64: try raw(range, as: UInt64.self).map { Float(Double(bitPattern: $0)) }
    }
  }

  /// All numbers as f32.
  ///
  /// - Throws: `DataFileError` with a `BytesFault`.
  public func floats() throws(DataFileError) -> [Float] { try floats(0..<count) }

  /// Whole numbers.
  ///
  /// - Returns: nil where the type has fractions; numbers beyond `Int` are its largest.
  /// - Throws: `DataFileError` with a `BytesFault`.
  public func integers(_ range: Range<Int>) throws(DataFileError) -> [Int]? {
    switch type {
    case .bool: try raw(range, as: UInt8.self).map { $0 == 0 ? 0 : 1 }
    case .u8: try raw(range, as: UInt8.self).map { Int($0) }
    case .i8: try raw(range, as: Int8.self).map { Int($0) }
    case .u16: try raw(range, as: UInt16.self).map { Int($0) }
    case .i16: try raw(range, as: Int16.self).map { Int($0) }
    case .u32: try raw(range, as: UInt32.self).map { Int($0) }
    case .i32: try raw(range, as: Int32.self).map { Int($0) }
    case .u64: try raw(range, as: UInt64.self).map { Int(clamping: $0) }
    case .i64: try raw(range, as: Int64.self).map { Int($0) }
    case .f16, .bf16, .f32, .f64: nil
    }
  }

  private func raw<Number: FileNumber & FixedWidthInteger>(
    _ range: Range<Int>, as type: Number.Type
  ) throws(DataFileError) -> [Number] {
    let values = try numbers(range, as: type)
    return isBigEndian ? values.map(\.byteSwapped) : values
  }

  private func numbers<Number: FileNumber>(
    _ range: Range<Int>, as type: Number.Type
  ) throws(DataFileError) -> [Number] {
    let size = MemoryLayout<Number>.size
    // The reader checked that all `count` numbers lie in the file, so offsets in range can't overflow.
    guard range.lowerBound >= 0, range.upperBound <= count else {
      throw bytes.error(
        BytesFault.outside(offset: offset, count: range.upperBound, byteCount: bytes.count))
    }
    return try bytes.numbers(
      at: offset + range.lowerBound * size, count: range.count, as: type)
  }
}
