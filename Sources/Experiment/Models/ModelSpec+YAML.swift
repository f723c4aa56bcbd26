public import ModelGraph

extension ModelSpec {
  /// The body of a model directive that declares this model: a preset's, with its layers written out.
  ///
  /// Reading it gives the same model, and so the same key.
  public var yaml: String {
    var text = YAMLLines()
    text.add("input: \(input.yaml)")
    text.add("layers:")
    text.nested { $0.add(layers) }
    text.add("loss: \(loss.yaml)")
    return text.text
  }
}

extension InputSpec {
  fileprivate var yaml: String {
    switch self {
    case .tokens(let tokens):
      var parts = ["tokens: \(tokens.vocabularySize)", "context_length: \(tokens.contextLength)"]
      if tokens.isPadded { parts.append("padding: true") }
      if let count = tokens.typeCount { parts.append("token_types: \(count)") }
      return "{\(parts.joined(separator: ", "))}"
    case .features(let count): return "{features: \(count)}"
    case .image(let height, let width, let channels):
      return "{image: [\(height), \(width), \(channels)]}"
    }
  }
}

/// Lines of YAML, indented.
struct YAMLLines {
  private(set) var text = ""
  private var indent = ""

  /// Adds a line.
  mutating func add(_ line: String) { text += indent + line + "\n" }

  /// Adds lines further to the right.
  mutating func nested(_ body: (inout YAMLLines) -> Void) {
    let outer = indent
    indent += "  "
    body(&self)
    indent = outer
  }

  /// Adds a list of layers.
  mutating func add(_ layers: [LayerSpec]) {
    for layer in layers { add(layer) }
  }

  private mutating func add(_ layer: LayerSpec) {
    let kind = layer.kind
    let details = kind.details + (layer.name.map { ["name: \($0)"] } ?? [])
    guard !kind.innerLists.isEmpty else {
      add(
        details.isEmpty
          ? "- \(kind.name)" : "- \(kind.name): {\(details.joined(separator: ", "))}")
      return
    }
    add("- \(kind.name):")
    // The keys stand further in than the dash and the kind's name.
    nested { lines in
      lines.nested { lines in
        for detail in details { lines.add(detail) }
        lines.addLists(of: kind)
      }
    }
  }

  private mutating func addLists(of kind: LayerKind) {
    switch kind {
    case .product(let branches):
      add("branches:")
      nested { lines in
        for branch in branches {
          lines.add("-")
          lines.nested { $0.add(branch) }
        }
      }
    case .residual(let layers, let shortcut):
      add("layers:")
      nested { $0.add(layers) }
      guard !shortcut.isEmpty else { return }
      add("shortcut:")
      nested { $0.add(shortcut) }
    default:
      add("layers:")
      nested { $0.add(kind.innerLists.flatMap { $0 }) }
    }
  }
}
