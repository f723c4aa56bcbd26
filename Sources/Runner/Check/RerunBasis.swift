import Records

/// By what measure a cell that ran again is compared with what is written, and why by that one.
public struct RerunBasis: Sendable, Equatable {
  /// The measure.
  public let measure: Measure
  /// Why, in half a sentence.
  public let reason: String

  /// A measure.
  public enum Measure: String, Sendable {
    /// Every bit of every number.
    case bits = "bit for bit"
    /// What the cell's `tolerance` grants; digests of what is tolerated don't count.
    case tolerances = "within tolerances"
    /// The digits that are printed.
    case printed = "as printed"
  }

  /// Chooses the measure.
  ///
  /// Kernels and threads change no bit, so bits are the measure unless the author granted
  /// tolerances and the environment is another one, or unknown.
  /// - Parameters:
  ///   - recorded: the environment of the record that the output was written from; nil where the
  ///     store has no such record.
  ///   - current: the environment of the second run.
  ///   - grants: whether the cell has tolerances.
  init(recorded: EnvironmentRecord?, current: EnvironmentRecord, grants: Bool) {
    guard let recorded else {
      self.init(
        grants ? .tolerances : .printed,
        "the store has no record that the output was written from"
          + (grants ? ", and the cell grants tolerances" : ""))
      return
    }
    let changes = [
      ("numerics", recorded.numerics, current.numerics),
      ("kernels", recorded.kernels, current.kernels),
    ].filter { $0.1 != $0.2 }.map { "\($0.0) \($0.1) → \($0.2)" }.joined(separator: ", ")
    if changes.isEmpty {
      self.init(.bits, "recorded with the same kernels, \(current.kernels)")
    } else if grants {
      self.init(.tolerances, "recorded elsewhere (\(changes)), and the cell grants tolerances")
    } else {
      self.init(.bits, "recorded elsewhere (\(changes)), but kernels change no bit")
    }
  }

  private init(_ measure: Measure, _ reason: String) {
    self.measure = measure
    self.reason = reason
  }
}
