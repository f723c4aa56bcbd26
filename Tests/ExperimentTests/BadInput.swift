/// A notebook that is wrong, and the one fault it is about.
struct BadInput {
  var name: String
  var text: String
  var files: [String: String] = [:]
  var overrides: [String] = []

  init(
    _ name: String, _ text: String, files: [String: String] = [:], overrides: [String] = []
  ) {
    self.name = name
    self.text = text
    self.files = files
    self.overrides = overrides
  }

  /// The name and the printed diagnostics.
  var printed: String {
    "# \(name)\n\n\(faults(text, files: files, overrides: overrides))\n"
  }
}

/// A train directive beside `small`, with a line of its own.
func train(_ line: String) -> String {
  small + directive("train", "wrong", "model: gpt\ndata: corpus\nbatch: 2\n\(line)")
}

/// A perceptron's body with a line of its own.
func layers(_ lines: String, input: String = "{features: 8}") -> String {
  directive("model", "net", "input: \(input)\nlayers:\n\(lines)")
}

/// Front matter before a body.
func front(_ yaml: String, _ body: String = small) -> String { "---\n\(yaml)\n---\n\n\(body)" }
