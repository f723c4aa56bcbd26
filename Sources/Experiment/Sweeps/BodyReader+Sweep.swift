import Diagnostics

/// A swept key and its values.
struct SweepAxis {
  /// The key's path in the body: `["optimizer", "adamw", "lr"]`.
  var path: [String]
  /// How points call it: the last part of the path.
  var name: String
  var keyRange: ByteRange
  var values: [(text: String, node: YAMLNode)]
}

extension BodyReader {
  /// The most points of a sweep.
  static let mostPoints = 1000

  /// The most keys that a sweep varies.
  static let mostAxes = 6

  /// `{checkpoint: [none, sqrt], optimizer.adamw.lr: [1e-3, 3e-4]}`.
  func sweepAxes(_ node: YAMLNode) -> [SweepAxis] {
    guard case .mapping(let entries) = node.content, !entries.isEmpty else {
      wrongType(node, "sweep", expected: "a mapping of one key or more such as '{batch: [2, 4]}'")
      return []
    }
    var axes: [SweepAxis] = []
    for entry in entries {
      let path = entry.name.split(separator: ".", omittingEmptySubsequences: false)
        .map(String.init)
      var name = path.last ?? entry.name
      // Where two keys end alike, their whole paths tell them apart.
      if axes.contains(where: { $0.name == name }) { name = entry.name }
      let values = sweptValues(entry.value, of: entry.name)
      guard !values.isEmpty else { continue }
      axes.append(
        SweepAxis(
          path: path, name: SweepValue.plain(name), keyRange: entry.nameRange, values: values))
    }
    guard axes.count <= Self.mostAxes else { return tooManyAxes(axes, node) }
    let count = axes.map(\.values.count).reduce(1) { points, values in
      let (product, isTooMuch) = points.multipliedReportingOverflow(by: values)
      return isTooMuch ? .max : product
    }
    guard count <= Self.mostPoints else {
      note(
        .tooLarge(
          what: "the number of points", found: count == .max ? "more" : "\(count)",
          greatest: "at most \(Self.mostPoints)"),
        at: node.range)
      return []
    }
    return axes
  }

  private func tooManyAxes(_ axes: [SweepAxis], _ node: YAMLNode) -> [SweepAxis] {
    note(
      .tooLarge(
        what: "the number of swept keys", found: "\(axes.count)",
        greatest: "at most \(Self.mostAxes)"),
      at: node.range)
    return []
  }

  /// Checks a sweep that the planner left in a body; it takes out those of whole directives.
  func checkSweep(_ keys: KeyedValues) { _ = keys["sweep"].map(sweepAxes) }

  private func sweptValues(_ node: YAMLNode, of key: String) -> [(text: String, node: YAMLNode)] {
    var values: [(text: String, node: YAMLNode)] = []
    for item in items(node, "sweep of '\(key)'", expected: "a list of values") ?? [] {
      guard let text = SweepValue.text(of: item), !text.isEmpty else {
        wrongType(item, "a value of '\(key)'", expected: "something that can be written in a name")
        continue
      }
      if values.contains(where: { $0.text == text }) {
        note(.repeatedItem(text, what: "sweep of '\(key)'"), at: item.range)
      } else {
        values.append((text, item))
      }
    }
    return values
  }
}

extension [SweepAxis] {
  /// All combinations, the last axis changing first.
  var combinations: [[(axis: SweepAxis, text: String, node: YAMLNode)]] {
    reduce([[]]) { combinations, axis in
      combinations.flatMap { combination in
        axis.values.map { combination + [(axis, $0.text, $0.node)] }
      }
    }
  }
}

extension YAMLNode {
  /// The mapping with the value of a key, or of a key within a key, replaced or added.
  func setting(_ path: ArraySlice<String>, to value: YAMLNode, keyRange: ByteRange) -> YAMLNode {
    guard let key = path.first else { return value }
    var node = self
    var entries: [Entry] = []
    switch content {
    case .mapping(let written): entries = written
    case .scalar(let scalar) where scalar.value != .null:
      // `optimizer: adamw` and `optimizer: {adamw: {}}` are the same.
      let empty = YAMLNode(content: .mapping([]), range: range)
      entries = [Entry(name: scalar.text, nameRange: range, value: empty)]
    case .scalar, .sequence: break
    }
    let index = entries.firstIndex { $0.name == key }
    let inner =
      index.map { entries[$0].value } ?? YAMLNode(content: .mapping([]), range: keyRange)
    let entry = Entry(
      name: key, nameRange: index.map { entries[$0].nameRange } ?? keyRange,
      value: inner.setting(path.dropFirst(), to: value, keyRange: keyRange))
    if let index { entries[index] = entry } else { entries.append(entry) }
    node.content = .mapping(entries)
    return node
  }

  /// The mapping without a key, and the key's value.
  func removing(_ key: String) -> (rest: YAMLNode, value: YAMLNode?) {
    guard case .mapping(let entries) = content,
      let entry = entries.first(where: { $0.name == key })
    else { return (self, nil) }
    var node = self
    node.content = .mapping(entries.filter { $0.name != key })
    return (node, entry.value)
  }
}
