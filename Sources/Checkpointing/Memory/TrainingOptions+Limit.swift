public import ModelGraph

extension TrainingOptions {
  /// The most bytes that the step may reserve: the run's limit, or a smaller budget; nil for neither.
  public func limit(for training: TrainingGraph) -> Int? {
    guard case .budget(let budget) = policy else { return memoryLimit }
    let bytes = budget.bytes(training, self)
    return bytes == .max ? memoryLimit : min(bytes, memoryLimit ?? .max)
  }
}
