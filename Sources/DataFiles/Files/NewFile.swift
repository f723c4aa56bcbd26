import Glibc

/// A file that appears under its name once it is complete.
///
/// Its unsafe calls hand an array's bytes to the system, which reads no more than their count.
struct NewFile: ~Copyable {
  private let path: String
  private let temporary: String
  private let descriptor: Int32
  private var isFinished = false

  init(path: String) throws(DataFileError) {
    self.path = path
    temporary = "\(path).\(getpid()).tmp"
    descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Self.error(path) }
  }

  deinit {
    guard descriptor >= 0 else { return }
    close(descriptor)
    if !isFinished { unlink(temporary) }
  }

  /// Writes bytes at the end.
  mutating func append(_ bytes: [UInt8]) throws(DataFileError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        write(descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Self.error(path) }
      written += count
    }
  }

  /// Gives the file its name.
  mutating func finish() throws(DataFileError) {
    guard fsync(descriptor) == 0, rename(temporary, path) == 0 else { throw Self.error(path) }
    isFinished = true
  }

  private static func error(_ path: String) -> DataFileError {
    let reason = String(cString: strerror(errno))
    return DataFileError(file: path, fault: SafetensorsFault.unwritable(reason: reason))
  }
}

/// Floats as a file holds them; every machine that this runs on stores them like that.
func littleEndianBytes(of values: [Float]) -> [UInt8] {
  values.withUnsafeBytes { Array($0) }
}
