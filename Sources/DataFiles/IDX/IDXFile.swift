/// An array in the format of MNIST's files: sizes and numbers with the most significant byte first.
///
/// The format: LeCun, Cortes, Burges, "The MNIST database", section "File formats".
public struct IDXFile: Sendable {
  /// The array's sizes; the last index runs fastest.
  public let shape: [Int]
  /// The numbers.
  public let elements: Elements

  /// Opens a file and checks its header.
  ///
  /// - Throws: `DataFileError` with an `IDXFault` or a `BytesFault`.
  public init(path: String) throws(DataFileError) { try self.init(try FileBytes(path: path)) }

  /// Checks the header of an open file.
  ///
  /// - Throws: `DataFileError` with an `IDXFault` or a `BytesFault`.
  public init(_ bytes: FileBytes) throws(DataFileError) {
    // The number of dimensions is one byte, so no header is longer.
    let start = try bytes.bytes(at: 0, count: min(4 + 4 * 255, bytes.count))
    (shape, elements) = try bytes.checking { () throws(IDXFault) in
      let (shape, type) = try Self.header(start)
      let offset = 4 + 4 * shape.count
      guard let count = elementCount(of: shape),
        let needs = elementCount(of: [count, type.byteCount])
      else { throw .shape(shape) }
      guard needs == bytes.count - offset else {
        throw .byteCount(needs: needs, has: bytes.count - offset)
      }
      let elements = Elements(bytes, offset: offset, count: count, type: type, isBigEndian: true)
      return (shape, elements)
    }
  }

  private static let types: [UInt8: NumberType] = [
    0x08: .u8, 0x09: .i8, 0x0B: .i16, 0x0C: .i32, 0x0D: .f32, 0x0E: .f64,
  ]

  private static func header(_ start: [UInt8]) throws(IDXFault) -> ([Int], NumberType) {
    guard !start.starts(with: [0x1F, 0x8B]) else { throw .compressed }
    guard start.count >= 4, start[0] == 0, start[1] == 0 else { throw .notIDX }
    guard let type = types[start[2]] else { throw .type(Int(start[2])) }
    let dimensions = Int(start[3])
    guard start.count >= 4 + 4 * dimensions else {
      throw .sizes(dimensions: dimensions, byteCount: start.count)
    }
    let shape = (0..<dimensions).map { axis in
      start[(4 + 4 * axis)..<(8 + 4 * axis)].reduce(0) { $0 << 8 | Int($1) }
    }
    return (shape, type)
  }
}
