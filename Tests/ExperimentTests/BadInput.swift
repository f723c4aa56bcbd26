import Experiment
import TestSupport
import Testing

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

/// Expects that none of the inputs has a plan, and their diagnostics to be the recorded ones.
func expect(
  _ inputs: [BadInput], golden: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  for input in inputs {
    let plan = planning(input.text, files: input.files, overrides: input.overrides).plan
    #expect(plan == nil, "\(input.name)", sourceLocation: sourceLocation)
  }
  expectGolden(
    inputs.map(\.printed).joined(separator: "\n"), named: golden, sourceLocation: sourceLocation)
}
