public import Records

/// What differs between two sets of cells: every value on either side, with a verdict.
public struct RecordDiff: Sendable {
  /// One row a value, by block and then in the order of the second side's cells.
  public private(set) var rows: [Row]
  /// Why the sides differ in memory.
  public var causes: [MemoryCause] = []
  /// What a reader should know of where the values come from, a sentence each.
  public var notes: [String] = []
  /// Notebooks that can't be planned, so that the inputs of their cells are unknown.
  public var unplanned: [String] = []
  /// Notebooks that could not be compared at all.
  public var uncompared: [String] = []
  /// How the two sides are named; nil where they have no names.
  public var sides: Sides?

  /// The names of the two sides.
  public struct Sides: Sendable, Equatable {
    /// The first side, shown as A.
    public var before: String
    /// The second side, shown as B.
    public var after: String

    /// Names both sides.
    public init(before: String, after: String) {
      self.before = before
      self.after = after
    }
  }

  /// What a value is about; blocks are shown in this order.
  public enum Block: String, Sendable, CaseIterable {
    case inputs, metrics, memory, status, environment, timings
  }

  /// What became of a value.
  public enum Verdict: String, Sendable {
    case same
    case within = "within tolerance"
    case changed
    case missing
    case new
  }

  /// A value on both sides.
  public struct Row: Sendable, Equatable {
    /// The cell, or `old → new` where it was renamed.
    public let cell: String
    /// What the value is about.
    public let block: Block
    /// The value's dotted name.
    public let name: String
    /// The value on the first side.
    public let before: RecordedValue?
    /// The value on the second side.
    public let after: RecordedValue?
    /// What became of it.
    public let verdict: Verdict
    /// Whether it only says that a cell which has rows of its own changed.
    public var isConsequence = false

    /// Whether it counts: times differ by themselves, and the environment's effects show elsewhere.
    public var isDifference: Bool {
      guard block != .timings, block != .environment, !isConsequence else { return false }
      return verdict == .changed || verdict == .missing
    }
  }

  /// Whether anything changed or vanished, times and environment aside.
  public var hasDifferences: Bool { rows.contains(where: \.isDifference) }

  /// The rows of one block.
  public func rows(in block: Block) -> [Row] { rows.filter { $0.block == block } }

  /// Compares two sets of cells.
  ///
  /// Cells belong together by identifier, else by equal keys, else by bodies that are nearly equal:
  /// those were renamed. A cell on one side only is one row, its status; a value on one side only is
  /// missing or new.
  public init(
    from before: [CellSnapshot], to after: [CellSnapshot], tolerances: Tolerances = Tolerances()
  ) {
    let pairs = CellPair.matching(before, after)
    let changes = KeyChanges(pairs)
    let rows = pairs.flatMap { pair in
      changes.marked(pair.rows(tolerances: tolerances))
    }
    self.rows = Block.allCases.flatMap { block in rows.filter { $0.block == block } }
  }

  /// The same, where changes that the caller can explain pass as being within tolerance.
  public func excusing(_ isExcused: (Row) -> Bool) -> RecordDiff {
    var diff = self
    diff.rows = rows.map { row in
      guard row.verdict == .changed, isExcused(row) else { return row }
      return Row(
        cell: row.cell, block: row.block, name: row.name, before: row.before, after: row.after,
        verdict: .within, isConsequence: row.isConsequence)
    }
    return diff
  }
}
