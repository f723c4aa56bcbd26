import Glibc

/// A file that appears under its name once it is complete, in place of what was there.
///
/// Its unsafe calls hand an array's bytes to the system, which reads no more than their count.
public struct NewFile: ~Copyable {
  private let path: String
  private let temporary: String
  private let descriptor: Int32
  private let mode: UInt32?
  private var isFinished = false

  /// The name under which this process writes a file before it takes its place.
  public static func temporaryPath(of path: String) -> String { "\(path).nbrun-\(getpid())" }

  /// Begins a file; what a killed process leaves of it has the process's number in its name.
  ///
  /// - Parameter mode: its permissions; nil for those that new files of this process have.
  /// - Throws: `SystemFault`.
  public init(path: String, mode: UInt32? = nil) throws(SystemFault) {
    (self.path, self.mode) = (path, mode)
    temporary = Self.temporaryPath(of: path)
    descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode ?? 0o666)
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
    try Self.write(bytes, to: descriptor)
  }

  /// Gives the file its name, which lasts where the file system flushes folders.
  ///
  /// - Throws: `SystemFault`; what had the name before has it then.
  public mutating func finish() throws(SystemFault) {
    if let mode, fchmod(descriptor, mode) != 0 { throw SystemFault.last }
    guard fsync(descriptor) == 0, rename(temporary, path) == 0 else { throw SystemFault.last }
    isFinished = true
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let entry = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard entry >= 0 else { return }
    fsync(entry)
    close(entry)
  }

  /// Writes into what is no regular file, and so has no place to be taken: a device, a pipe.
  ///
  /// - Throws: `SystemFault`.
  public static func write(_ bytes: [UInt8], into path: String) throws(SystemFault) {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemFault.last }
    defer { close(descriptor) }
    try write(bytes, to: descriptor)
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) throws(SystemFault) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.write(
          descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw SystemFault.last }
      written += count
    }
  }
}

/// Floats as a file holds them; every machine that this runs on stores them like that.
func littleEndianBytes(of values: [Float]) -> [UInt8] {
  values.withUnsafeBytes { Array($0) }
}
