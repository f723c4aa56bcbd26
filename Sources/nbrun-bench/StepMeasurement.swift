/// What a measured process prints as one line of JSON: nbrun's `step` and PyTorch's script alike.
struct StepMeasurement: Codable, Equatable {
  /// Seconds of each training step, the first one included.
  var stepSeconds: [Double]
  /// The loss of each step.
  var losses: [Double]
  /// Peak resident bytes before the model exists: the runtime and its libraries.
  var idleResidentBytes: Int
  /// What ran, by name: `PyTorch`, `nbrun`, `kernels`.
  var versions: [String: String]
}
