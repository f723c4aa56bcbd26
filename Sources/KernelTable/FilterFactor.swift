/// A convolution's weight as the right factor of its gradient by the input.
///
/// Along k lie some of the taps and, for each, all outputs; a column is an input channel.
public struct FilterFactor {
  /// The first output's value at the first tap and input channel.
  public var start: Floats
  /// Floats from output to output.
  public var outputStride: Int
  /// Outputs.
  public var outputs: Int
  /// Taps, down and across.
  public var taps: PlaneSize
  /// Floats from tap to tap, down and across.
  public var tapStride: PlaneSize

  /// Creates a factor.
  public init(
    start: Floats, outputStride: Int, outputs: Int, taps: PlaneSize, tapStride: PlaneSize
  ) {
    self.start = start
    self.outputStride = outputStride
    self.outputs = outputs
    self.taps = taps
    self.tapStride = tapStride
  }
}
