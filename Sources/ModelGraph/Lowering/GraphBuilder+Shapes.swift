import KernelTable

/// Layers that only see the same numbers as another shape: no operation is emitted.
extension GraphBuilder {
  /// All numbers of an example side by side: line after line, pixel after pixel, channel after channel.
  mutating func lowerFlatten() throws(ModelFault) {
    try requireFeatures("flatten")
    shape = .vector(shape.count)
  }

  /// Pixels become positions, line by line.
  mutating func lowerSequence() throws(ModelFault) {
    let (image, channels) = try imageExtents("sequence")
    shape = .sequence(length: image.count, width: channels)
  }

  /// The same numbers in the same order as a vector, a sequence or an image.
  mutating func lowerReshape(_ extents: [Int]) throws(ModelFault) {
    try requireFeatures("reshape")
    guard let result = ValueShape(extents: extents) else {
      throw fault(.invalidShape(extents))
    }
    guard result.count == shape.count else {
      throw fault(.reshapeChangesCount(from: shape, into: result))
    }
    shape = result
  }
}

extension ValueShape {
  /// Numbers of an example.
  public var count: Int { positions * columns }

  /// The shape of one, two or three extents: a vector, a sequence or an image.
  init?(extents: [Int]) {
    switch extents.count {
    case 1: self = .vector(extents[0])
    case 2: self = .sequence(length: extents[0], width: extents[1])
    case 3: self = .image(height: extents[0], width: extents[1], channels: extents[2])
    default: return nil
    }
  }
}
