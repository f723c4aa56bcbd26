public import FoundationEssentials
import GRDB

extension Store {
  /// A quantity that was measured of machines with that processor, such as the speed of a disk; nil
  /// where it was not, or where what is kept is no finite number.
  public func machineQuantity(
    _ name: String, processor: String
  ) throws(StoreFault) -> Double? {
    try read { db in
      let row = try Row.fetchOne(
        db, sql: "SELECT value FROM machineQuantity WHERE processor = ? AND name = ?",
        arguments: [processor, name])
      guard let value: Double = try? row?.value("value"), value.isFinite else { return nil }
      return value
    }
  }

  /// Keeps a measured quantity in place of an earlier one.
  public func keep(
    _ value: Double, asQuantity name: String, processor: String, at date: Date
  ) throws(StoreFault) {
    try write { db in
      try db.execute(
        sql: """
          INSERT OR REPLACE INTO machineQuantity (processor, name, value, measured)
          VALUES (?, ?, ?, ?)
          """,
        arguments: [processor, name, value, date.timeIntervalSince1970])
    }
  }
}
