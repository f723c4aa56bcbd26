import Glibc

/// A file's bytes: small files are read when they are opened, large ones are mapped read-only, so
/// that only the pages that are used take memory.
///
/// A mapped file that another program cuts off would end this process with a signal at the next
/// touch of a missing page. So each access compares the file's size and time with those at opening
/// first, and throws `BytesFault.changed`; what is left is a cut in the middle of one copy.
public final class FileBytes: Sendable {
  /// What messages call the file.
  public let name: String
  /// How many bytes there are.
  public let count: Int
  let storage: Storage

  enum Storage: Sendable {
    case memory([UInt8])
    case mapping(FileMapping)
  }

  /// Holds bytes that are in memory already.
  public init(_ bytes: [UInt8], name: String) {
    self.name = name
    count = bytes.count
    storage = .memory(bytes)
  }

  /// Opens a file.
  ///
  /// - Parameter name: what messages call it; the path by default.
  /// - Throws: `DataFileError` with a `BytesFault`.
  public convenience init(path: String, name: String? = nil) throws(DataFileError) {
    let name = name ?? path
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      let fault = BytesFault.unreadable(reason: String(cString: strerror(errno)))
      throw DataFileError(file: name, fault: fault)
    }
    try self.init(takingOver: descriptor, name: name)
  }

  /// Reads or maps an open file, and closes it when it is not needed any more.
  ///
  /// - Parameter largestRead: bytes above which a file is mapped.
  /// - Throws: `DataFileError` with a `BytesFault`.
  public init(
    takingOver descriptor: Int32, name: String, largestRead: Int = 1 << 20
  ) throws(DataFileError) {
    self.name = name
    do throws(BytesFault) {
      let mapping = try FileMapping(takingOver: descriptor)
      count = mapping.count
      storage = count > largestRead ? .mapping(mapping) : .memory(try mapping.copy(0..<count))
    } catch {
      throw DataFileError(file: name, fault: error)
    }
  }

  /// What the file system said of a mapped file when it was opened; nil for bytes in memory.
  public var identity: FileIdentity? {
    if case .mapping(let mapping) = storage { mapping.identity } else { nil }
  }

  /// Some of the bytes.
  ///
  /// - Throws: `DataFileError` with a `BytesFault` where the file has fewer or was changed.
  public func bytes(at offset: Int, count: Int) throws(DataFileError) -> [UInt8] {
    try numbers(at: offset, count: count, as: UInt8.self)
  }

  /// All bytes.
  ///
  /// - Throws: `DataFileError` with a `BytesFault` where the file was changed.
  public func allBytes() throws(DataFileError) -> [UInt8] { try bytes(at: 0, count: count) }

  /// Numbers as they lie in the file, in this machine's byte order, from any offset.
  ///
  /// - Throws: `DataFileError` with a `BytesFault` where the file has fewer or was changed.
  func numbers<Number: FileNumber>(
    at offset: Int, count wanted: Int, as type: Number.Type
  ) throws(DataFileError) -> [Number] {
    let (byteCount, isTooMuch) = wanted.multipliedReportingOverflow(
      by: MemoryLayout<Number>.size)
    guard offset >= 0, wanted >= 0, !isTooMuch, offset <= count, byteCount <= count - offset else {
      let needs = isTooMuch ? wanted : byteCount
      throw error(BytesFault.outside(offset: offset, count: needs, byteCount: count))
    }
    switch storage {
    case .memory(let bytes): return bytes.copy(offset..<offset + byteCount)
    case .mapping(let mapping):
      return try checking { () throws(BytesFault) in
        try mapping.copy(offset..<offset + byteCount)
      }
    }
  }

  /// A fault of these bytes.
  public func error(_ fault: any DataFileFault) -> DataFileError {
    DataFileError(file: name, fault: fault)
  }

  /// Gives the faults of a check the file's name.
  func checking<Value, Fault: DataFileFault>(
    _ check: () throws(Fault) -> Value
  ) throws(DataFileError) -> Value {
    do throws(Fault) {
      return try check()
    } catch {
      throw self.error(error)
    }
  }
}

/// A number of which every bit pattern is valid, so that it may be copied from a file.
protocol FileNumber: BitwiseCopyable {}
extension UInt8: FileNumber {}
extension Int8: FileNumber {}
extension UInt16: FileNumber {}
extension Int16: FileNumber {}
extension UInt32: FileNumber {}
extension Int32: FileNumber {}
extension UInt64: FileNumber {}
extension Int64: FileNumber {}
extension Float: FileNumber {}
