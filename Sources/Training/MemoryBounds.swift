/// What an evaluation or a generation may reserve, in bytes; nil is no bound.
public struct MemoryBounds: Hashable, Sendable {
  /// What the notebook allows.
  public var limit: Int?
  /// What the machine has.
  public var machine: Int?

  /// Creates bounds.
  public init(limit: Int? = nil, machine: Int? = nil) {
    self.limit = limit
    self.machine = machine
  }

  /// Refuses to reserve more.
  ///
  /// - Throws: `TrainingFault.overLimit`.
  func check(_ needed: Int) throws(TrainingFault) {
    let (limit, machine) = (limit ?? .max, machine ?? .max)
    guard needed > min(limit, machine) else { return }
    throw .overLimit(needed: needed, limit: min(limit, machine), isMachine: machine < limit)
  }
}
