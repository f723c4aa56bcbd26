import Diagnostics
import NotebookSyntax

extension BodyReader {
  private static let optionKeys = [
    "error", "cache", "echo", "label", "caption", "tolerance", "timeout", "deps", "when", "tags",
  ]

  /// The execution options: the fence's attributes, replaced by the `#|` lines of the same name.
  func options(_ node: YAMLNode?, attributes: [YAMLNode.Entry]) -> CellOptions {
    var entries = attributes
    if let node, !node.isNull {
      if case .mapping(let written) = node.content {
        entries.removeAll { attribute in written.contains { $0.name == attribute.name } }
        entries += written
      } else {
        wrongType(node, "an option line", expected: "'key: value'")
      }
    }
    let whole = YAMLNode(content: .mapping(entries), range: place)
    guard let keys = mapping(whole, "the options", keys: Self.optionKeys) else {
      return CellOptions()
    }
    return options(keys)
  }

  /// Notes option lines below the body's first line, where they would be comments.
  func checkLateOptions(_ body: YAMLText) {
    for (index, line) in body.text.split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated()
    where line.hasPrefix("#|") {
      let name = line.dropFirst(2).trimmingPrefix(" ").prefix { $0 != ":" }
      guard Self.optionKeys.contains(String(name)) else { continue }
      note(
        .lateOption(String(name)),
        at: body.range(line: index + 1, column: 1, count: line.unicodeScalars.count))
    }
  }

  private func options(_ keys: KeyedValues) -> CellOptions {
    var options = CellOptions()
    options.expectsError = keys.flag("error", default: false)
    options.usesCache = keys.flag("cache", default: true)
    options.echo = keys.flag("echo", default: true)
    options.when = keys.flag("when", default: true)
    options.label = keys["label"].flatMap { text($0, "label") }
    options.caption = keys["caption"].flatMap { text($0, "caption") }
    options.tolerance = keys["tolerance"].map(tolerances) ?? [:]
    options.timeout = keys["timeout"].flatMap { seconds($0, "timeout") }
    options.dependencies = keys["deps"].map { files($0, "deps") } ?? []
    options.tags = keys["tags"].map { texts($0, "tags").map(\.text) } ?? []
    return options
  }

  /// `{loss: 1e-6}`: relative tolerances by value name; `{loss: {atol: 1e-3, rtol: 1e-6}}` has an
  /// absolute part too.
  private func tolerances(_ node: YAMLNode) -> [String: Tolerance] {
    guard case .mapping(let entries) = node.content else {
      wrongType(node, "tolerance", expected: "a mapping such as '{loss: 1e-6}'")
      return [:]
    }
    return entries.reduce(into: [:]) { tolerances, entry in
      tolerated.append((entry.name, entry.nameRange))
      tolerances[entry.name] = tolerance(entry.value, "tolerance of \(entry.name)")
    }
  }

  private func tolerance(_ node: YAMLNode, _ what: String) -> Tolerance? {
    guard case .mapping = node.content else {
      return number(node, what, .notNegative).map { Tolerance(relative: $0) }
    }
    guard let keys = mapping(node, "a tolerance", keys: ["atol", "rtol"]) else { return nil }
    return Tolerance(
      absolute: keys.number("atol", .notNegative, default: 0) ?? 0,
      relative: keys.number("rtol", .notNegative, default: 0) ?? 0)
  }

  /// A time in seconds: `30 s`, `5 min`, or a number of seconds.
  private func seconds(_ node: YAMLNode, _ what: String) -> Double? {
    trace?.note(.text, at: node.range)
    guard let seconds = unboundedSeconds(node, what) else { return nil }
    // Clocks can't count times that are much longer.
    guard seconds <= 1e9 else {
      note(.tooLarge(what: what, found: "\(seconds) s", greatest: "at most 1e9 s"), at: node.range)
      return nil
    }
    return seconds
  }

  private func unboundedSeconds(_ node: YAMLNode, _ what: String) -> Double? {
    guard case .text(let text) = node.scalar?.value else {
      return number(node, what, .positive)
    }
    let number = text.prefix { $0.isNumber || $0 == "." }
    let unit = text.dropFirst(number.count).trimmingPrefix(" ")
    let scales = ["ms": 0.001, "s": 1, "min": 60, "h": 3600]
    guard let value = Double(number), let scale = scales[String(unit)], value > 0 else {
      note(.invalidTime(what: what, found: abbreviated(text)), at: node.range)
      return nil
    }
    return value * scale
  }
}

extension Directive {
  /// The fence's `key=value` attributes as options.
  var attributeEntries: [YAMLNode.Entry] {
    attributes.map { attribute in
      let scalar = YAMLScalar(value: ScalarValue(plain: attribute.value), text: attribute.value)
      let value = YAMLNode(content: .scalar(scalar), range: attribute.range)
      return YAMLNode.Entry(name: attribute.key, nameRange: attribute.range, value: value)
    }
  }
}
