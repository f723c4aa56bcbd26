extension Phrase {
  /// The words for a recorded value's dotted name; nil where it has none but its name.
  init?(value name: String) {
    guard let phrase = Phrase.byValue[name] else { return nil }
    self = phrase
  }

  /// The rows of summaries and tables, by the value that each holds.
  static let byValue: [String: Phrase] = [
    "memory.peak": .peakMemory, "memory.planned_peak": .peakPlanned,
    "memory.measured_peak": .peakMeasured, "memory.reserved": .reserved,
    "memory.parameters": .parameters, "memory.optimizer": .optimizerState,
    "memory.gradients": .gradients, "memory.activations": .activations,
    "memory.inputs": .inputs, "memory.workspace": .workspace, "memory.kept": .keptForBackward,
    "memory.disk": .waitsOnDisk,
    "timing.step_median": .stepMedian, "timing.forward": .forward,
    "timing.recompute": .recompute, "timing.backward": .backward,
    "timing.optimizer": .optimizerStep, "timing.disk": .waitingForDisk, "timing.total": .wholeCell,
    "recompute.operations": .operationsRecomputed, "recompute.flops_fraction": .flopsAdded,
    "steps": .steps, "parameters": .parameters, "vocab_size": .vocabulary,
  ]
}
