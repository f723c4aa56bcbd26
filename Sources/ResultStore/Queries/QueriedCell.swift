public import Records

/// A cell of a run as queries see it.
public struct QueriedCell: Sendable {
  /// The notebook's path from the project.
  public var notebook: String
  /// What the run left of the cell.
  public var record: Record
  /// What the cell was told: the parts of its key.
  public var settings: [KeyPart]

  /// Creates a cell.
  public init(notebook: String, record: Record, settings: [KeyPart]) {
    self.notebook = notebook
    self.record = record
    self.settings = settings
  }
}

extension QueriedCell {
  /// The rows of this cell in a view.
  ///
  /// - Parameter position: its place among the queried cells, from 1.
  func rows(of view: String, position: Int) -> [[QueryValue]] {
    let head: [QueryValue] = [.text(notebook), .text(record.id)]
    return switch view {
    case "cell":
      [
        head + [
          QueryValue(record.id.sweepName), .integer(position), .text(record.kind.rawValue),
          .text(record.status.rawValue), .text(record.key),
        ]
      ]
    case "metric":
      record.metricRows.map { row in
        head + [.text(row.name), row.step.map { .integer($0) } ?? .null, .real(row.value)]
      }
    case "memory": record.memoryRows.map { head + [.text($0.name), .integer($0.bytes)] }
    case "timing": record.timingRows.map { head + [.text($0.name), .real($0.seconds)] }
    case "setting": settings.map { head + [.text($0.name), QueryValue(written: $0.value)] }
    case "digest":
      record.digest.sorted { $0.key < $1.key }.map { head + [.text($0.key), .text($0.value)] }
    default: []
    }
  }
}

extension String {
  /// The sweep of a point's identifier: `gpt` of `gpt[batch=2]`.
  var sweepName: String? { firstIndex(of: "[").map { String(self[..<$0]) } }
}
