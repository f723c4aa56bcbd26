import ModelGraph

/// A choice of the values that a stage holds for its backward pass: less bytes for more time.
struct SaveOption: Hashable, Sendable {
  /// The values held, each by its operation's position in the stage and the output's in the operation.
  var kept: Set<Place>
  /// Whether nothing has to be computed again.
  var keepsAll: Bool
  /// Bytes held, the stage's output apart.
  var byteCount: Int
  /// Seconds of computing the others again, and of transfers where they wait on disk.
  var seconds: Double
  /// Bytes computed again or read, which are all there while the stage is differentiated.
  var repeatedBytes: Int
  /// Whether the values held wait on disk, those apart that are too small for it.
  var waitsOnDisk = false

  /// An output of an operation of a stage.
  struct Place: Hashable, Sendable {
    /// The operation, from 0 in the stage.
    var operation: Int
    /// The output.
    var output: Int
  }

  /// Whether another option is at least as good in every respect.
  func isWorse(than other: SaveOption) -> Bool {
    other.byteCount <= byteCount && other.seconds <= seconds
      && other.repeatedBytes <= repeatedBytes && other != self
  }
}
