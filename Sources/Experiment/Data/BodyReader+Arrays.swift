import DataFiles
import Diagnostics

extension BodyReader {
  /// `npy:`, `idx:` or `safetensors:`: arrays of features or tokens, with targets.
  ///
  /// All keys are read before any fault ends the reading, so that all faults are told at once.
  func arrays(_ node: YAMLNode, format: ArrayFormat) -> DataSpec? {
    let own = ["test", "vocab_size", "scale", "mean", "std", "split", "seed"]
    guard
      let keys = mapping(node, format.rawValue, keys: Self.partKeys(format) + own),
      let content = content(keys, at: node.range)
    else { return nil }
    noteUnread(keys, content)
    let main = part(keys, content: content, format: format, at: node.range)
    let test = keys["test"].flatMap { testPart($0, content: content, format: format) }
    let vocabulary = keys["vocab_size"].flatMap { integer($0, "vocab_size", BodyLimits.sizes) }
    let divisor = keys.number("scale", .positive, default: 1) ?? 1
    let shape = main?.inputs.shape
    let scaling = scaling(keys, divisor: divisor, channels: shape.map(Self.channels))
    let isStream = content == .tokens && shape?.count == 1
    let split = split(keys, shuffles: isStream ? nil : true, hasTest: keys["test"] != nil)
    guard let main, let scaling, (keys["test"] == nil) == (test == nil) else { return nil }
    let arrays = ArraySpec(
      format: format, content: content, main: main, test: test, vocabularySize: vocabulary,
      scaling: scaling)
    return checkTest(arrays, at: keys["test"]?.range).map {
      DataSpec(source: .arrays($0), split: split)
    }
  }

  /// What has a mean of its own: the channels of images, or each feature of a vector.
  private static func channels(_ shape: [Int]) -> Int {
    shape.count == 4 || shape.count == 2 ? shape[shape.count - 1] : 1
  }

  private static func partKeys(_ format: ArrayFormat) -> [String] {
    (format == .safetensors ? ["file"] : [])
      + ["features", "tokens", "targets", "lengths", "types"]
  }

  private func testPart(
    _ node: YAMLNode, content: ArraySpec.Content, format: ArrayFormat
  ) -> ArraySpec.Part? {
    guard let keys = mapping(node, "test", keys: Self.partKeys(format)) else { return nil }
    let other = content == .features ? "tokens" : "features"
    if let node = keys[other], text(node, other) != nil {
      note(
        .conflictingKeys([content.rawValue, other], owner: keys.owner), at: keys.keyRange(other))
    }
    noteUnread(keys, content)
    return part(keys, content: content, format: format, at: node.range)
  }

  /// Keys that say something of the other content would be read by nobody.
  private func noteUnread(_ keys: KeyedValues, _ content: ArraySpec.Content) {
    let others =
      content == .features ? ["lengths", "types", "vocab_size"] : ["scale", "mean", "std"]
    for key in others where keys[key] != nil {
      note(.conflictingKeys([content.rawValue, key], owner: keys.owner), at: keys.keyRange(key))
    }
  }

  private func content(_ keys: KeyedValues, at range: ByteRange) -> ArraySpec.Content? {
    switch (keys["features"], keys["tokens"]) {
    case (.some, nil): return .features
    case (nil, .some): return .tokens
    case (.some, .some):
      note(
        .conflictingKeys(["features", "tokens"], owner: keys.owner), at: keys.keyRange("tokens"))
    case (nil, nil): note(.missingOneOf(["features", "tokens"], owner: keys.owner), at: range)
    }
    return nil
  }

  private func part(
    _ keys: KeyedValues, content: ArraySpec.Content, format: ArrayFormat, at range: ByteRange
  ) -> ArraySpec.Part? {
    let isWhole = format == .safetensors
    var file = isWhole ? keys.required("file").flatMap { self.file($0, "file") } : nil
    func array(_ key: String) -> StoredArray? {
      keys[key].flatMap { node in
        guard !isWhole || file != nil else {
          // Without the file there is no tensor, but its name may be wrong by itself.
          _ = text(node, key)
          return nil
        }
        return storedArray(node, key, format: format, in: file)
      }
    }
    if content == .features { _ = keys.required("targets") }
    _ = keys.required(content.rawValue)
    let inputs = array(content.rawValue)
    // What is wrong with a file is told once.
    if inputs == nil { file = nil }
    let (targets, lengths, types) = (array("targets"), array("lengths"), array("types"))
    guard let inputs else { return nil }
    let part = ArraySpec.Part(inputs: inputs, targets: targets, lengths: lengths, types: types)
    guard (keys["targets"] == nil) == (part.targets == nil) else { return nil }
    return check(part, content: content, at: range) ? part : nil
  }

  /// An array's header: of a file of its own, or a tensor of a file.
  func storedArray(
    _ node: YAMLNode, _ what: String, format: ArrayFormat, in whole: ResolvedFile? = nil
  ) -> StoredArray? {
    var tensor: String?
    if whole != nil {
      tensor = text(node, what)
      if tensor == nil { return nil }
    }
    guard let file = whole ?? file(node, what) else { return nil }
    return reading(at: node.range) { () throws(DataFileError) in
      try StoredArray(file, format: format, tensor: tensor)
    }
  }

  /// Whether the arrays of a part fit each other.
  func check(_ part: ArraySpec.Part, content: ArraySpec.Content, at range: ByteRange) -> Bool {
    let shape = part.inputs.shape
    let dimensions = content == .features ? 1...4 : 1...2
    guard dimensions.contains(shape.count), !shape.dropFirst().contains(0) else {
      let expected =
        content == .features
        ? "[examples, width], [examples, height, width] or [examples, height, width, channels]"
        : "[count] for a stream or [examples, length] for rows"
      return misshaped(content.rawValue, part.inputs, expected, range)
    }
    if content == .tokens {
      guard part.inputs.isInteger else { return notWhole("tokens", part.inputs, range) }
      if shape.count == 2, part.targets == nil, shape[1] < 2 {
        return misshaped("tokens", part.inputs, "[examples, 2 and more] to predict the next", range)
      }
    }
    return checkTargets(part, content: content, range) && checkTokenParts(part, range)
  }

  private func checkTargets(
    _ part: ArraySpec.Part, content: ArraySpec.Content, _ range: ByteRange
  ) -> Bool {
    guard let targets = part.targets else { return true }
    let rows = part.inputs.shape[0]
    let shape = targets.shape
    if content == .tokens, targets.isInteger {
      guard part.inputs.shape.count == 2, shape == [rows] || shape == part.inputs.shape else {
        return misshaped(
          "targets", targets, "[\(rows)] for classes or \(part.inputs.shape) for labels", range)
      }
      return true
    }
    guard content == .features || part.inputs.shape.count == 2 else {
      return misshaped("tokens", part.inputs, "[\(rows), length] with targets", range)
    }
    let isMatrix = shape.count == 2 && shape[1] > 0 && (!targets.isInteger || shape[1] == 1)
    guard shape.first == rows, shape.count == 1 || isMatrix else {
      let isMatrixOfClasses = targets.isInteger && shape.count == 2 && shape[0] == rows
      return misshaped(
        "targets", targets,
        "[\(rows)] for classes or [\(rows), outputs] \(isMatrixOfClasses ? "of floats " : "")for numbers",
        range)
    }
    return true
  }

  private func checkTokenParts(_ part: ArraySpec.Part, _ range: ByteRange) -> Bool {
    let shape = part.inputs.shape
    if let lengths = part.lengths {
      guard lengths.isInteger else { return notWhole("lengths", lengths, range) }
      guard lengths.shape == [shape[0]], shape.count == 2 else {
        return misshaped("lengths", lengths, "[\(shape[0])]", range)
      }
    }
    if let types = part.types {
      guard types.isInteger else { return notWhole("types", types, range) }
      guard types.shape == shape, shape.count == 2 else {
        return misshaped("types", types, "\(shape)", range)
      }
    }
    return true
  }

  private func notWhole(_ what: String, _ array: StoredArray, _ range: ByteRange) -> Bool {
    note(.fractionalArray(what: what, file: array.file.path), at: range)
    return false
  }

  private func misshaped(
    _ what: String, _ array: StoredArray, _ expected: String, _ range: ByteRange
  ) -> Bool {
    note(
      .misshapedArray(
        what: what, file: array.file.path, found: array.shape, expected: expected), at: range)
    return false
  }

  /// The arrays, if examples of the test part look like those of the main part.
  func checkTest(_ arrays: ArraySpec, at range: ByteRange?) -> ArraySpec? {
    guard let test = arrays.test, let range else { return arrays }
    let shape = arrays.main.inputs.shape
    guard test.inputs.shape.dropFirst() == shape.dropFirst() else {
      let inner = shape.dropFirst().map { ", \($0)" }.joined()
      _ = misshaped(arrays.content.rawValue, test.inputs, "[examples\(inner)]", range)
      return nil
    }
    return arrays
  }
}
