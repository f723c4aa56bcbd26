public import FoundationEssentials
import GRDB

/// How long an operation took on a machine.
public struct StoredCost: Hashable, Sendable {
  /// Where.
  public var setup: MachineSetup
  /// The operation in words.
  public var operation: String
  /// Its seconds.
  public var seconds: Double
  /// When it was measured.
  public var measured: Date

  /// Creates an entry.
  public init(setup: MachineSetup, operation: String, seconds: Double, measured: Date) {
    self.setup = setup
    self.operation = operation
    self.seconds = seconds
    self.measured = measured
  }

  /// Whether seconds can be those of an operation: rows may have been changed by hand.
  static func isPlausible(_ seconds: Double) -> Bool { seconds > 0 && seconds < 1e6 }
}

extension StoredCost {
  init(row: Row) throws {
    // No calendar knows dates of any distance.
    let measured: Double = try row.value("measured")
    self.init(
      setup: try MachineSetup(row: row), operation: try row.value("operation"),
      seconds: try row.value("seconds"),
      measured: Date(timeIntervalSince1970: abs(measured) < 1e11 ? measured : 0))
  }
}
