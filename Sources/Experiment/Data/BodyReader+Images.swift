import DataFiles
import Diagnostics

extension BodyReader {
  private static let imageKeys = ["mean", "std", "test", "split", "seed"]

  /// `images:` of CIFAR's or MNIST's files.
  func images(_ node: YAMLNode) -> DataSpec? {
    let formats = ["cifar10", "cifar100", "idx"]
    guard let keys = mapping(node, "images", keys: formats + Self.imageKeys) else { return nil }
    let found = formats.filter { keys[$0] != nil }
    guard let format = found.first, let files = keys[format] else {
      note(.missingOneOf(formats, owner: keys.owner), at: node.range)
      return nil
    }
    guard found.count == 1 else {
      note(.conflictingKeys(found, owner: keys.owner), at: keys.keyRange(found[1]))
      return nil
    }
    guard let variant = CIFARFile.Variant(rawValue: format) else {
      return idxImages(files, keys)
    }
    return cifar(files, keys, variant: variant)
  }

  private func cifar(
    _ node: YAMLNode, _ keys: KeyedValues, variant: CIFARFile.Variant
  ) -> DataSpec? {
    let main = files(node, variant.rawValue)
    let test = keys["test"].map { files($0, "test") } ?? []
    let scaling = scaling(keys, divisor: 255, channels: 3)
    let split = split(keys, shuffles: true, hasTest: !test.isEmpty)
    let count = cifarCount(main, variant: variant, at: node.range)
    let testCount = cifarCount(test, variant: variant, at: keys["test"]?.range ?? node.range)
    guard let scaling, let count, let testCount else { return nil }
    let images = CIFARSpec(
      variant: variant, main: main, test: test, scaling: scaling, count: count,
      testCount: testCount)
    return DataSpec(source: .cifar(images), split: split)
  }

  /// The images of files of whole records; their labels are read when the cell runs.
  private func cifarCount(
    _ files: [ResolvedFile], variant: CIFARFile.Variant, at range: ByteRange
  ) -> Int? {
    reading(at: range) { () throws(DataFileError) in
      var count = 0
      for file in files { count += try CIFARFile.count(in: file.content, variant: variant) }
      return count
    }
  }

  private func idxImages(_ node: YAMLNode, _ keys: KeyedValues) -> DataSpec? {
    func part(_ node: YAMLNode, _ owner: String) -> ArraySpec.Part? {
      guard let keys = mapping(node, owner, keys: ["images", "labels"]) else { return nil }
      let images = keys.required("images").flatMap { storedArray($0, "images", format: .idx) }
      let labels = keys.required("labels").flatMap { storedArray($0, "labels", format: .idx) }
      guard let images, let labels else { return nil }
      let part = ArraySpec.Part(inputs: images, targets: labels)
      return check(part, content: .features, at: node.range) ? part : nil
    }
    let main = part(node, "idx images")
    let test = keys["test"].flatMap { part($0, "test images") }
    let split = split(keys, shuffles: true, hasTest: keys["test"] != nil)
    let channels = main.map { $0.inputs.shape.count == 4 ? $0.inputs.shape[3] : 1 }
    let scaling = scaling(keys, divisor: 255, channels: channels)
    guard let main, let scaling, keys["test"] == nil || test != nil else { return nil }
    let arrays = ArraySpec(
      format: .idx, content: .features, main: main, test: test, scaling: scaling)
    return checkTest(arrays, at: keys["test"]?.range).map {
      DataSpec(source: .arrays($0), split: split)
    }
  }

  /// `mean` and `std`: one number, or one a channel, of vectors one a feature.
  func scaling(_ keys: KeyedValues, divisor: Double, channels: Int?) -> ScalingSpec? {
    let mean = keys["mean"].map { channelNumbers($0, "mean", .finite, channels: channels) } ?? []
    let deviation =
      keys["std"].map { channelNumbers($0, "std", .positive, channels: channels) } ?? []
    guard let mean, let deviation else { return nil }
    return ScalingSpec(divisor: divisor, mean: mean, deviation: deviation)
  }

  private func channelNumbers(
    _ node: YAMLNode, _ what: String, _ bounds: NumberBounds, channels: Int?
  ) -> [Double]? {
    let nodes = node.scalar == nil ? items(node, what) ?? [] : [node]
    let numbers = nodes.compactMap { number($0, what, bounds) }
    guard numbers.count == nodes.count, !numbers.isEmpty else { return nil }
    guard let channels, numbers.count != 1 else { return numbers }
    guard numbers.count == channels else {
      wrongType(
        node, what,
        expected: channels == 1
          ? "one number" : "one number, or one for each of the \(channels) channels or features")
      return nil
    }
    return numbers
  }
}
