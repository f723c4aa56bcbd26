import Glibc

/// How fast a disk takes and gives the values of a step.
public struct DiskSpeed: Hashable, Sendable {
  /// Bytes a second that are written, until they are on the disk.
  public var writeBytesPerSecond: Double
  /// Bytes a second that are read from the disk, not from the system's memory of it.
  public var readBytesPerSecond: Double

  /// Measures the disk that a folder is on, with a file that has no name; nil where it can't be written.
  ///
  /// - Parameter byteCount: of the file; a multiple of 1 MiB.
  public static func measured(in folder: String, byteCount: Int = 64 << 20) -> DiskSpeed? {
    let descriptor = DiskFile.unnamedFile(in: folder)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var part = Self.incompressible(byteCount: 1 << 20)
    let clock = ContinuousClock()
    let parts = stride(from: 0, to: byteCount, by: part.count)
    let start = clock.now
    // The system copies from and to the array's bytes within the call.
    for offset in parts where pwrite(descriptor, part, part.count, offset) != part.count {
      return nil
    }
    guard fdatasync(descriptor) == 0 else { return nil }
    let written = clock.now
    // Pages that are on the disk are dropped, so that they have to be read from there.
    posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED)
    let begun = clock.now
    for offset in parts where pread(descriptor, &part, part.count, offset) != part.count {
      return nil
    }
    let bytes = Double(byteCount)
    return DiskSpeed(
      writeBytesPerSecond: bytes / max((written - start).seconds, 1e-9),
      readBytesPerSecond: bytes / max((clock.now - begun).seconds, 1e-9))
  }

  /// Bytes that no file system makes smaller: Marsaglia's xorshift64.
  private static func incompressible(byteCount: Int) -> [UInt8] {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    return (0..<byteCount).map { _ in
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return UInt8(truncatingIfNeeded: state)
    }
  }
}
