import Glibc

/// A file that appears under its name once it is complete, in place of what was there.
///
/// Its unsafe calls hand an array's bytes to the system, which reads no more than their count.
public struct NewFile: ~Copyable {
  private let path: String
  private let temporary: String
  private let descriptor: Int32
  private var isFinished = false

  /// Begins a file; what a killed process leaves of it has the process's number in its name.
  ///
  /// - Throws: `SystemFault`.
  public init(path: String) throws(SystemFault) {
    self.path = path
    temporary = "\(path).nbrun-\(getpid())"
    descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw SystemFault.last }
  }

  deinit {
    guard descriptor >= 0 else { return }
    close(descriptor)
    if !isFinished { unlink(temporary) }
  }

  /// Writes bytes at the end.
  ///
  /// - Throws: `SystemFault`; nothing is left of the file then.
  public mutating func append(_ bytes: [UInt8]) throws(SystemFault) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        write(descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw SystemFault.last }
      written += count
    }
  }

  /// Gives the file its name.
  ///
  /// - Throws: `SystemFault`; what had the name before has it then.
  public mutating func finish() throws(SystemFault) {
    guard fsync(descriptor) == 0, rename(temporary, path) == 0 else { throw SystemFault.last }
    isFinished = true
  }
}

/// Floats as a file holds them; every machine that this runs on stores them like that.
func littleEndianBytes(of values: [Float]) -> [UInt8] {
  values.withUnsafeBytes { Array($0) }
}
