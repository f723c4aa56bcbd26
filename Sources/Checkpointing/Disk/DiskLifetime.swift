import ModelGraph

/// A value in the file in which values wait for the backward pass, from the begin of its write to the
/// end of its read.
struct DiskLifetime {
  /// The value's name.
  let name: String
  /// What is written, in the schedule's numbers.
  let value: Int
  /// The value's bytes.
  let byteCount: Int
  /// The positions of its four transfers in the schedule.
  private(set) var positions: [Int]

  /// What a file is written and read by.
  private static let page = 4096

  /// The values of a schedule that wait on disk, in the order in which they are written.
  ///
  /// A tensor waits once a pass, so that it names its transfers.
  static func all(in schedule: Schedule) -> [DiskLifetime] {
    var lifetimes: [DiskLifetime] = []
    var places: [TensorID: Int] = [:]
    for (position, operation) in schedule.operations.enumerated() {
      guard case .diskTransfer = operation.kind,
        let value = (operation.inputs + operation.outputs).first
      else { continue }
      if let place = places[schedule.values[value]] {
        lifetimes[place].positions.append(position)
      } else {
        places[schedule.values[value]] = lifetimes.count
        let descriptor = schedule.descriptor(of: value)
        lifetimes.append(
          DiskLifetime(
            name: descriptor.name, value: value, byteCount: descriptor.byteCount,
            positions: [position]))
      }
    }
    return lifetimes
  }

  /// The bytes of the file that it needs, and when.
  var demand: Placement.Demand {
    Self.demand(byteCount: byteCount, from: positions.first ?? 0, to: positions.last ?? 0)
  }

  /// A value's bytes in whole pages.
  static func demand(byteCount: Int, from first: Int, to last: Int) -> Placement.Demand {
    Placement.Demand(byteCount: (byteCount + page - 1) / page * page, lifetime: first...last)
  }
}
