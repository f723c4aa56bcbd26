public import ModelGraph

/// Looks for the largest batch of a model whose step fits into memory.
public struct BatchSearch: Sendable {
  /// The model.
  public var model: ModelSpec
  /// How it is trained.
  public var options: TrainingOptions
  /// The bytes that a step may reserve.
  public var limit: Int

  /// Batches beyond this are not looked at.
  public static let most = 1 << 20

  /// Creates a search.
  public init(model: ModelSpec, options: TrainingOptions, limit: Int) {
    self.model = model
    self.options = options
    self.limit = limit
  }

  /// The largest batch that fits, whatever its size; nil if not even one example does.
  ///
  /// - Throws: `ModelFault` when the model can't be lowered for one example.
  public func largest() throws(ModelFault) -> Int? {
    guard try fits(1) else { return nil }
    var bound = 2
    while bound <= Self.most, (try? fits(bound)) ?? false { bound *= 2 }
    return try largest(from: bound / 2, below: min(bound, Self.most + 1))
  }

  /// Bisects between a batch that fits, or 0, and one that does not: what a plan reserves grows with
  /// the batch.
  func largest(from fitting: Int, below failing: Int) throws(ModelFault) -> Int? {
    var (fit, fail) = (fitting, failing)
    while fail - fit > 1 {
      let middle = (fit + fail) / 2
      if try fits(middle) { fit = middle } else { fail = middle }
    }
    return fit > 0 ? fit : nil
  }

  private func fits(_ batch: Int) throws(ModelFault) -> Bool {
    let training = try TrainingGraph(lowering: model, batch: batch, options: options)
    let draft = Draft(training, options: options)
    return draft.footprint(sharesGradients: options.sharesGradients).reserved <= limit
  }
}
