import ModelGraph

extension CostModel {
  /// The names under which `operations` keeps what a mebibyte takes, where the disk was measured.
  public static let (diskWrite, diskRead) = ("write 1 MiB to disk", "read 1 MiB from disk")

  /// Seconds of a part of a transfer: of a start what the processor takes to copy the bytes for the
  /// system, of an end what the disk takes.
  func seconds(of part: DiskTransfer.Part, byteCount: Int) -> Double {
    switch part {
    case .writeStart, .readStart: Double(byteCount) / bytesPerSecond
    case .writeEnd:
      measured(Self.diskWrite, byteCount) ?? Double(byteCount) / diskWriteBytesPerSecond
    case .readEnd:
      measured(Self.diskRead, byteCount) ?? Double(byteCount) / diskReadBytesPerSecond
    }
  }

  private func measured(_ name: String, _ byteCount: Int) -> Double? {
    operations[name].map { $0 * Double(byteCount) / Double(1 << 20) }
  }

  /// Seconds of writing so many bytes and reading them again.
  func diskSeconds(byteCount: Int) -> Double {
    seconds(of: .writeEnd, byteCount: byteCount) + seconds(of: .readEnd, byteCount: byteCount)
  }
}
