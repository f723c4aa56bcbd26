public import KernelTable

extension Kernels {
  /// y = `count` numbers uniform in (low, high): the same on every machine.
  public func fillUniform(
    _ y: MutableFloats, count: Int, key: PhiloxKey, low: Float, high: Float
  ) {
    forEachTile(count) { start, count in
      table.uniform(
        into: y + start, count: count, start: UInt64(start), key: key, low: low, high: high)
    }
  }

  /// y = `count` numbers with this mean and standard deviation: the same on every machine.
  public func fillNormal(
    _ y: MutableFloats, count: Int, key: PhiloxKey, mean: Float = 0, standardDeviation: Float
  ) {
    forEachTile(count) { start, count in
      table.normal(
        into: y + start, count: count, start: UInt64(start), key: key, mean: mean,
        standardDeviation: standardDeviation)
    }
  }
}
