import KernelTable

/// `count` values that a kernel must write before it reads: NaN.
func unwritten(_ count: Int) -> [Float] { [Float](repeating: .nan, count: count) }

/// Calls `body` with scratch full of NaN, so that a kernel that reads before it writes is found out.
func withWorkspace<Result>(
  _ byteCount: Int, _ body: (UnsafeMutableRawBufferPointer) -> Result
) -> Result {
  withUnsafeTemporaryAllocation(byteCount: max(64, byteCount), alignment: 64) { buffer in
    buffer.initializeMemory(as: UInt8.self, repeating: 0xff)
    return body(buffer)
  }
}

extension [Float] {
  /// Calls `body` with the values' address, for kernels whose output may be their input.
  mutating func inPlace<Result>(_ body: (MutableFloats) -> Result) -> Result {
    withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { preconditionFailure("no values") }
      return body(start)
    }
  }
}
