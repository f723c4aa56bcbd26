import Training

/// Labelled vectors made by a rule: one example after the other.
struct GeneratedData {
  var values: [Float] = []
  var classes: [Int32] = []
  /// The extents of an example.
  let shape: [Int]

  /// Normal clouds of unit variance around one centre a class, the centres normal times 3.
  static func blobs(classes: Int, features: Int, examples: Int, seed: Int) -> GeneratedData {
    var data = GeneratedData(shape: [features])
    var stream = RandomStream(seed: seed)
    let centres = (0..<classes * features).map { _ in 3 * stream.normal() }
    for _ in 0..<examples {
      let label = stream.next(below: classes)
      for feature in 0..<features {
        data.values.append(Float(centres[label * features + feature] + stream.normal()))
      }
      data.classes.append(Int32(label))
    }
    return data
  }

  /// Arms that wind around the origin by 3/4 of a turn, with normal noise.
  ///
  /// The angle's sine and cosine come from rotating by small fixed steps, so that no library
  /// function's bits matter.
  static func spirals(classes: Int, examples: Int, noise: Double, seed: Int) -> GeneratedData {
    var data = GeneratedData(shape: [2])
    var stream = RandomStream(seed: seed)
    for _ in 0..<examples {
      let label = stream.next(below: classes)
      let radius = stream.uniform()
      let turns = 0.75 * radius + Double(label) / Double(classes)
      let direction = UnitVector(turns: turns)
      data.values.append(Float(radius * direction.x + noise * stream.normal()))
      data.values.append(Float(radius * direction.y + noise * stream.normal()))
      data.classes.append(Int32(label))
    }
    return data
  }
}

/// A direction in the plane, by arithmetic alone.
private struct UnitVector {
  private(set) var x = 1.0
  private(set) var y = 0.0

  /// The direction of an angle in turns: the angle's small part by a Taylor series, doubled eight
  /// times.
  init(turns: Double) {
    let angle = (turns - turns.rounded(.down)) * 2 * .pi / 256
    let square = angle * angle
    var (c, s) = (
      1 - square / 2 * (1 - square / 12 * (1 - square / 30)),
      angle * (1 - square / 6 * (1 - square / 20 * (1 - square / 42)))
    )
    for _ in 0..<8 { (c, s) = (c * c - s * s, 2 * c * s) }
    (x, y) = (c, s)
  }
}
