/// What a training run showed.
struct FrontierMeasurement: Codable, Equatable {
  /// Seconds of each training step, the first one included.
  var stepSeconds: [Double]
  /// Live bytes at the peak, as measured.
  var peak: Int
  /// The digest of the bits of all losses.
  var losses: String
  /// The digest of the bits of the trained weights.
  var weights: String
  /// The instruction set of the kernels.
  var kernels: String

  /// The median step without the warm-up.
  var step: Double { median(Array(stepSeconds.dropFirst())) }
}
