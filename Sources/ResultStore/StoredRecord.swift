import FoundationEssentials
import Records

/// A record as the store holds it: JSON without the long series, and those as bytes.
struct StoredRecord {
  let text: String
  let series: [UInt8]

  init(text: String, series: [UInt8]) {
    self.text = text
    self.series = series
  }

  init(_ record: Record) throws {
    var bare = record
    var bytes = SeriesBytes()
    bare.visitSeries {
      bytes.write($0)
      $0 = []
    } timelines: {
      bytes.write($0)
      $0 = []
    }
    text = try RecordText.encoded(bare)
    series = bytes.bytes
  }

  /// The checksum of both parts.
  var checksum: Int64 {
    var checksum = Checksum()
    checksum.add(text)
    checksum.add(series)
    return checksum.value
  }

  /// The record; throws where the parts don't fit together.
  func record() throws -> Record {
    var record = try RecordText.decoded(Record.self, from: text)
    var bytes = SeriesBytes(series)
    try record.visitSeries {
      $0 = try bytes.readPoints()
    } timelines: {
      $0 = try bytes.readTimeline()
    }
    guard bytes.isAtEnd else { throw SeriesBytes.Damage() }
    return record
  }
}

extension Record {
  /// Visits all metric series and memory timelines in an order that their names alone decide.
  fileprivate mutating func visitSeries(
    points: (inout [MetricSeries.Point]) throws -> Void,
    timelines: (inout [MemoryRecord.TimelinePoint]) throws -> Void
  ) rethrows {
    for name in metrics.keys.sorted() {
      guard var series = metrics[name] else { continue }
      try points(&series.points)
      metrics[name] = series
    }
    if var memory {
      try timelines(&memory.timeline)
      self.memory = memory
    }
    guard case .plan(var plan) = output else { return }
    for index in plan.rows.indices { try timelines(&plan.rows[index].memory.timeline) }
    output = .plan(plan)
  }
}
