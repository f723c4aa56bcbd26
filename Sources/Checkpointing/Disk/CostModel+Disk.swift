import ModelGraph

extension CostModel {
  /// Seconds of a part of a transfer: a start returns at once, and an end waits, as if nothing else ran
  /// while the bytes are moved.
  func seconds(of part: DiskTransfer.Part, byteCount: Int) -> Double {
    switch part {
    case .writeStart, .readStart: 0
    case .writeEnd: Double(byteCount) / diskWriteBytesPerSecond
    case .readEnd: Double(byteCount) / diskReadBytesPerSecond
    }
  }

  /// Seconds of writing so many bytes and reading them again.
  func diskSeconds(byteCount: Int) -> Double {
    seconds(of: .writeEnd, byteCount: byteCount) + seconds(of: .readEnd, byteCount: byteCount)
  }
}
