extension MemoryPlan {
  /// Bytes with a name, and the positions of the schedule during which they are live.
  public struct Lifetime: Sendable, Hashable {
    /// The tensor; of several that continue one another in place, the first.
    public var name: String
    /// Its size in bytes.
    public var byteCount: Int
    /// From the first write to the last use.
    public var positions: ClosedRange<Int>
  }

  static func lifetimes(_ map: StorageMap) -> [Lifetime] {
    map.storages.map {
      Lifetime(name: $0.name, byteCount: $0.byteCount, positions: $0.lifetime)
    }
  }
}
