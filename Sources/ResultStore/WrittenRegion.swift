/// A region as a run wrote it, and the result that it was written from.
public struct WrittenRegion: Hashable, Sendable {
  /// The key of the result.
  public var key: String
  /// The digest of the region's body as the region's marker has it.
  public var sum: String
  /// The numeric environment of the result; empty where no number depends on it.
  public var environment: String

  /// Creates the note of a region.
  public init(key: String, sum: String, environment: String) {
    self.key = key
    self.sum = sum
    self.environment = environment
  }
}
