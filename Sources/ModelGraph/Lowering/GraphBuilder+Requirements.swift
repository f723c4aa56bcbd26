import KernelTable

/// What layers require of the value that they read.
extension GraphBuilder {
  /// The positions of the current value, which has to be a sequence of features.
  func sequenceLength(_ kind: String) throws(ModelFault) -> Int {
    try requireFeatures(kind)
    guard case .sequence(let length, _) = shape else {
      throw fault(.needsSequence(kind: kind, found: shape))
    }
    return length
  }

  /// Refuses positions that are not the tokens' own, of which the layer reads more than the value:
  /// their padding, their types.
  func requireTokens(_ kind: String, _ length: Int) throws(ModelFault) {
    guard length == graph.time else {
      throw fault(.notTheTokens(kind: kind, positions: length, tokens: graph.time))
    }
  }

  /// Tokens have to be embedded before any other layer reads them.
  func requireFeatures(_ kind: String) throws(ModelFault) {
    guard graph[current].element != .int32 else { throw fault(.firstLayerMustEmbed) }
  }

  /// The height and width, and the channels, of the current value, which has to be an image.
  func imageExtents(_ kind: String) throws(ModelFault) -> (image: PlaneSize, channels: Int) {
    try requireFeatures(kind)
    guard case .image(let height, let width, let channels) = shape else {
      throw fault(.needsImage(kind: kind, found: shape))
    }
    return (PlaneSize(height, width), channels)
  }
}
