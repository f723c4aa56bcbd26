/// Values of several cells side by side.
public struct ComparisonSummary: Codable, Sendable, Equatable {
  /// The cell that ratios refer to.
  public var baseline: String
  /// The value names, one a column.
  public var columns: [String]
  /// One row a cell.
  public var rows: [Row]

  /// Live memory over a step of each cell that trained; nil where fewer than two did.
  public var curves: [Curve]?
  /// What policies of equal setups gave; nil where no two cells have one.
  public var certificates: [Certificate]?

  /// Creates a comparison.
  public init(
    baseline: String, columns: [String], rows: [Row], curves: [Curve]? = nil,
    certificates: [Certificate]? = nil
  ) {
    self.certificates = certificates
    self.baseline = baseline
    self.columns = columns
    self.rows = rows
    self.curves = curves
  }

  /// A cell's values in the order of the columns; nil where the cell has none.
  public struct Row: Codable, Sendable, Equatable {
    /// The cell.
    public var cell: String
    /// Its values.
    public var values: [RecordedValue?]

    /// Creates a row.
    public init(cell: String, values: [RecordedValue?]) {
      self.cell = cell
      self.values = values
    }
  }

  /// Whether cells that differ in memory alone gave the same numbers, bit for bit.
  public struct Certificate: Codable, Sendable, Equatable {
    /// The cells, in the order of the comparison.
    public var cells: [String]
    /// Their policies.
    public var policies: [String]
    /// The digest of all losses that they have in common; nil where they differ.
    public var losses: String?
    /// The digest of the trained weights, into which every gradient went.
    public var weights: String?

    /// The digest of the last step's gradients; nil where they differ, or are not all told.
    public var gradients: String?
    /// Whether all records tell their gradients; nil in comparisons of versions that did not ask.
    public var tellsGradients: Bool?

    /// Creates a certificate.
    public init(
      cells: [String], policies: [String], losses: String?, weights: String?,
      gradients: String? = nil, tellsGradients: Bool? = nil
    ) {
      self.gradients = gradients
      self.tellsGradients = tellsGradients
      self.cells = cells
      self.policies = policies
      self.losses = losses
      self.weights = weights
    }
  }

  /// Live bytes over a cell's schedule, thinned.
  public struct Curve: Codable, Sendable, Equatable {
    /// The cell.
    public var cell: String
    /// Operations of its schedule.
    public var operations: Int
    /// Live bytes in equal parts of the schedule, the most in each.
    public var bytes: [Int]

    /// The most points that a curve has.
    public static let mostPoints = 310

    /// Thins a timeline without losing its peak.
    public init(cell: String, timeline: [MemoryRecord.TimelinePoint]) {
      self.cell = cell
      operations = timeline.count
      let parts = min(timeline.count, Self.mostPoints)
      bytes = (0..<parts).map { part in
        let range = part * timeline.count / parts..<(part + 1) * timeline.count / parts
        return timeline[range].map(\.total).max() ?? 0
      }
    }
  }
}
