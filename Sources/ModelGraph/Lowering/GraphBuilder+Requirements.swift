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

  /// Tokens have to be embedded before any other layer reads them.
  func requireFeatures(_ kind: String) throws(ModelFault) {
    guard graph[current].element != .int32 else { throw fault(.firstLayerMustEmbed) }
  }
}
