import ModelGraph

extension MemoryBudget {
  /// The bytes that a step may reserve.
  func bytes(_ training: TrainingGraph, _ options: TrainingOptions) -> Int {
    switch self {
    case .bytes(let count): return count
    case .automatic: return options.memoryLimit ?? .max
    case .fraction(let fraction):
      var inMemory = options.with(policy: .none)
      inMemory.offload = nil
      let all = Program(training: training, options: inMemory)
      let saved = Double(all.memory.kept) * (1 - fraction)
      return all.reservedBytes - Int(max(0, saved))
    }
  }
}
