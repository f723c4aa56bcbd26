import Records

/// Long series as bytes: JSON takes a hundred times as long to read.
///
/// Each series is its length and then its points, all numbers 64 bits wide, little-endian.
struct SeriesBytes {
  private(set) var bytes: [UInt8]
  private var position = 0

  /// What was found does not fit together.
  struct Damage: Error {}

  init(_ bytes: [UInt8] = []) { self.bytes = bytes }

  /// Whether everything was read.
  var isAtEnd: Bool { position == bytes.count }

  mutating func write(_ points: [MetricSeries.Point]) {
    write(points.count)
    for point in points {
      write(point.step)
      write(Int(bitPattern: UInt(point.value.bitPattern)))
    }
  }

  mutating func write(_ timeline: [MemoryRecord.TimelinePoint]) {
    write(timeline.count)
    for point in timeline {
      let phase = Self.phases.firstIndex(of: point.phase) ?? 0
      write(point.recomputed > 0 ? phase | Self.recomputedFollows : phase)
      write(point.persistent)
      write(point.gradients)
      write(point.activations)
      write(point.workspace)
      if point.recomputed > 0 { write(point.recomputed) }
    }
  }

  mutating func readPoints() throws -> [MetricSeries.Point] {
    try (0..<readCount(width: 2)).map { _ in
      let step = try read()
      return MetricSeries.Point(
        step: step, value: Double(bitPattern: UInt64(UInt(bitPattern: try read()))))
    }
  }

  mutating func readTimeline() throws -> [MemoryRecord.TimelinePoint] {
    try (0..<readCount(width: 5)).map { _ in
      let code = try read()
      let phase = code & ~Self.recomputedFollows
      guard Self.phases.indices.contains(phase) else { throw Damage() }
      var point = MemoryRecord.TimelinePoint(
        phase: Self.phases[phase], persistent: try read(), gradients: try read(),
        activations: try read(), workspace: try read())
      if code != phase { point.recomputed = try read() }
      return point
    }
  }

  /// The order in which phases are numbered; frozen, as stores hold the numbers.
  private static let phases: [MemoryRecord.Phase] = [.forward, .recompute, .backward, .optimizer]

  /// Marks a phase's number where the recomputed bytes follow the point's others.
  private static let recomputedFollows = 8

  private mutating func write(_ value: Int) {
    // Safe: an integer has no padding, so that all its bytes are set.
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  private mutating func read() throws -> Int {
    guard position + 8 <= bytes.count else { throw Damage() }
    // Safe: the bytes were found to be there, and any bits are an integer.
    let value = bytes.withUnsafeBytes {
      $0.loadUnaligned(fromByteOffset: position, as: Int.self)
    }
    position += 8
    return Int(littleEndian: value)
  }

  /// A length that the remaining bytes can hold.
  private mutating func readCount(width: Int) throws -> Int {
    let count = try read()
    guard count >= 0, count <= (bytes.count - position) / (8 * width) else { throw Damage() }
    return count
  }
}
