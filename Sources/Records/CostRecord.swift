/// What a plan was made with where it was made with measured costs.
public struct CostRecord: Codable, Sendable, Equatable {
  /// Seconds of the operations that a step may compute again, by their text, which tells what they
  /// compute, of which sizes.
  public var operations: [String: Double]

  /// Creates a record of costs.
  public init(operations: [String: Double]) { self.operations = operations }
}
