public import ModelGraph

extension TrainingGraph {
  /// The step of a model: its graph in the precision of the options, and the derivative by what they
  /// don't freeze.
  ///
  /// - Parameter batch: examples of a batch.
  /// - Throws: `ModelFault` when the model can't be lowered for that many.
  public init(
    lowering model: ModelSpec, batch: Int, options: TrainingOptions
  ) throws(ModelFault) {
    self.init(
      differentiating: try Graph(lowering: model, batch: batch, precision: options.precision),
      frozen: options.optimizer.frozen)
  }
}
