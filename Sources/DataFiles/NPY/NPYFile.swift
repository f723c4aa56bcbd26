/// An array that NumPy saved: versions 1 to 3, both orders of dimensions, both byte orders.
public struct NPYFile: Sendable {
  /// The array's sizes.
  public let shape: [Int]
  /// Whether the first index runs fastest in the file, instead of the last.
  public let isFortranOrder: Bool
  /// The numbers as they lie in the file.
  private let stored: Elements

  /// Opens a file and checks its header.
  ///
  /// - Throws: `DataFileError` with an `NPYFault` or a `BytesFault`.
  public init(path: String) throws(DataFileError) { try self.init(try FileBytes(path: path)) }

  /// Checks the header of an open file.
  ///
  /// - Throws: `DataFileError` with an `NPYFault` or a `BytesFault`.
  public init(_ bytes: FileBytes) throws(DataFileError) {
    let start = try bytes.bytes(at: 0, count: min(12, bytes.count))
    let range = try bytes.checking { () throws(NPYFault) in
      try Self.headerRange(start, byteCount: bytes.count)
    }
    let text = try bytes.bytes(at: range.lowerBound, count: range.count)
    let header: NPYHeader
    (header, stored) = try bytes.checking { () throws(NPYFault) in
      let header = try NPYHeader(text, start: range.lowerBound)
      return (header, try Self.elements(header, bytes, offset: range.upperBound))
    }
    (shape, isFortranOrder) = (header.shape, header.isFortranOrder)
  }

  /// The type of the numbers.
  public var type: NumberType { stored.type }

  /// The numbers with the last index running fastest; read and rearranged if they lie otherwise.
  ///
  /// - Throws: `DataFileError` with a `BytesFault`.
  public func elements() throws(DataFileError) -> Elements {
    guard isFortranOrder, shape.count > 1, stored.count > 0 else { return stored }
    let size = stored.type.byteCount
    let source = try stored.bytes.bytes(at: stored.offset, count: stored.count * size)
    let name = stored.bytes.name
    return Elements(
      FileBytes(rearranged(source, size: size), name: name), offset: 0, count: stored.count,
      type: stored.type, isBigEndian: stored.isBigEndian)
  }

  /// Turns the first index running fastest into the last one doing so.
  private func rearranged(_ source: [UInt8], size: Int) -> [UInt8] {
    var strides = [1]
    for length in shape.dropLast() { strides.append((strides.last ?? 1) * length) }
    var target: [UInt8] = []
    target.reserveCapacity(source.count)
    var index = Array(repeating: 0, count: shape.count)
    for _ in 0..<stored.count {
      let place = zip(index, strides).reduce(0) { $0 + $1.0 * $1.1 } * size
      target += source[place..<place + size]
      var axis = shape.count - 1
      while axis >= 0 {
        index[axis] += 1
        if index[axis] < shape[axis] { break }
        index[axis] = 0
        axis -= 1
      }
    }
    return target
  }

  private static func headerRange(
    _ start: [UInt8], byteCount: Int
  ) throws(NPYFault) -> Range<Int> {
    guard start.count >= 10, start.starts(with: [0x93] + Array("NUMPY".utf8)) else {
      throw .notNPY
    }
    let (major, minor) = (Int(start[6]), Int(start[7]))
    guard (1...3).contains(major), minor == 0 else { throw .version(major: major, minor: minor) }
    let first = major == 1 ? 10 : 12
    guard start.count >= first else { throw .headerLength(0, available: 0) }
    let length = start[8..<first].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= byteCount - first else {
      throw .headerLength(length, available: byteCount - first)
    }
    return first..<first + length
  }

  private static func elements(
    _ header: NPYHeader, _ bytes: FileBytes, offset: Int
  ) throws(NPYFault) -> Elements {
    let order = header.type.first
    guard let type = types[String(header.type.dropFirst())], order != ">" || type.byteCount > 1,
      order == "<" || order == ">" || order == "=" || (order == "|" && type.byteCount == 1)
    else { throw .type(header.type) }
    guard let count = elementCount(of: header.shape),
      let needs = elementCount(of: [count, type.byteCount])
    else { throw .shape(header.shape) }
    guard needs == bytes.count - offset else {
      throw .byteCount(needs: needs, has: bytes.count - offset)
    }
    return Elements(bytes, offset: offset, count: count, type: type, isBigEndian: order == ">")
  }

  private static let types: [String: NumberType] = [
    "b1": .bool, "u1": .u8, "i1": .i8, "u2": .u16, "i2": .i16, "u4": .u32, "i4": .i32,
    "u8": .u64, "i8": .i64, "f2": .f16, "f4": .f32, "f8": .f64,
  ]
}
