/// That forward values may wait for the backward pass in a file rather than in memory.
public struct DiskOffload: Hashable, Sendable, Codable {
  /// Values of fewer bytes stay in memory: a transfer costs more than its bytes.
  public var leastBytes: Int

  /// Lets values of so many bytes wait on disk.
  public init(leastBytes: Int = 64 << 10) { self.leastBytes = leastBytes }
}
