public import ModelGraph

/// Looks for the largest batch of a model whose step fits into memory.
public struct BatchSearch: Sendable {
  /// The model.
  public var model: ModelSpec
  /// How it is trained.
  public var options: TrainingOptions
  /// The bytes that a step may reserve.
  public var limit: Int

  /// Creates a search.
  public init(model: ModelSpec, options: TrainingOptions, limit: Int) {
    self.model = model
    self.options = options
    self.limit = limit
  }

  /// The largest batch that fits and that the model can be lowered for; nil if not even one example
  /// fits.
  ///
  /// - Throws: `ModelFault` when the model can't be lowered for one example.
  public func largest() throws(ModelFault) -> Int? {
    _ = try TrainingGraph(lowering: model, batch: 1, options: options)
    guard fits(1) else { return nil }
    var bound = 2
    while fits(bound) { bound *= 2 }
    return largest(from: bound / 2, below: bound)
  }

  /// Bisects between a batch that fits, or 0, and one that does not: what a plan reserves grows with
  /// the batch.
  func largest(from fitting: Int, below failing: Int) -> Int? {
    var (fit, fail) = (fitting, failing)
    while fail - fit > 1 {
      let middle = (fit + fail) / 2
      if fits(middle) { fit = middle } else { fail = middle }
    }
    return fit > 0 ? fit : nil
  }

  /// Whether a batch fits; none does whose extents are too large for a graph, so that a search ends.
  private func fits(_ batch: Int) -> Bool {
    guard let training = try? TrainingGraph(lowering: model, batch: batch, options: options)
    else { return false }
    let draft = Draft(training, options: options)
    return draft.footprint(sharesGradients: options.sharesGradients).reserved <= limit
  }
}
