import DataFiles
import Diagnostics

extension BodyReader {
  private static let partKeys = ["features", "tokens", "targets", "lengths", "types"]

  /// `npy:`, `idx:` or `safetensors:`: arrays of features or tokens, with targets.
  func arrays(_ node: YAMLNode, format: ArrayFormat) -> DataSpec? {
    let fileKeys = format == .safetensors ? ["file"] : []
    let own = ["test", "vocab_size", "scale", "mean", "std", "split", "seed"]
    guard
      let keys = mapping(node, format.rawValue, keys: fileKeys + Self.partKeys + own),
      let content = content(keys, at: node.range),
      let main = part(keys, content: content, format: format, at: node.range)
    else { return nil }
    var test: ArraySpec.Part?
    if let node = keys["test"] {
      let known = fileKeys + Self.partKeys
      guard let keys = mapping(node, "test", keys: known) else { return nil }
      test = part(keys, content: content, format: format, at: node.range)
      if test == nil { return nil }
    }
    let vocabulary = keys["vocab_size"].flatMap { integer($0, "vocab_size", BodyLimits.sizes) }
    let divisor = keys.number("scale", .positive, default: 1) ?? 1
    let channels = main.inputs.shape.count == 4 ? main.inputs.shape[3] : 1
    guard let scaling = scaling(keys, divisor: divisor, channels: channels) else { return nil }
    let arrays = ArraySpec(
      format: format, content: content, main: main, test: test, vocabularySize: vocabulary,
      scaling: scaling)
    let split = split(keys, shuffles: arrays.isStream ? nil : true, hasTest: test != nil)
    return checkTest(arrays, at: keys["test"]?.range).map {
      DataSpec(source: .arrays($0), split: split)
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
    var file: ResolvedFile?
    if format == .safetensors {
      guard let found = keys.required("file").flatMap({ self.file($0, "file") }) else {
        return nil
      }
      file = found
    }
    func array(_ key: String) -> StoredArray? {
      keys[key].flatMap { storedArray($0, key, format: format, in: file) }
    }
    if content == .features { _ = keys.required("targets") }
    guard let inputNode = keys.required(content.rawValue),
      let inputs = storedArray(inputNode, content.rawValue, format: format, in: file)
    else { return nil }
    let part = ArraySpec.Part(
      inputs: inputs, targets: array("targets"), lengths: array("lengths"), types: array("types"))
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
    if content == .tokens {
      guard targets.isInteger else { return notWhole("targets", targets, range) }
      guard part.inputs.shape.count == 2, shape == [rows] || shape == part.inputs.shape else {
        return misshaped(
          "targets", targets, "[\(rows)] for classes or \(part.inputs.shape) for labels", range)
      }
      return true
    }
    let isMatrix = shape.count == 2 && shape[1] > 0 && (!targets.isInteger || shape[1] == 1)
    guard shape.first == rows, shape.count == 1 || isMatrix else {
      return misshaped(
        "targets", targets, "[\(rows)] for classes or [\(rows), outputs] for numbers", range)
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
