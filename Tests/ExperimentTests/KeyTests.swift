import Digests
import Experiment
import ModelGraph
import TestSupport
import Testing

@Suite("Input keys")
struct KeyTests {
  private func keys(
    _ text: String, files: [String: String] = [:], overrides: [String] = [], engine: String = "1"
  ) throws -> [String: String] {
    let cells = try plan(text, files: files, overrides: overrides, engine: engine).cells
    return Dictionary(uniqueKeysWithValues: cells.map { ($0.id, $0.key.hex) })
  }

  @Test("Comments, quotes, the order of keys and written defaults leave a key alone")
  func formatting() throws {
    let other =
      small.replacing(
        "model: gpt\ndata: corpus\nsteps: 10\nbatch: 2",
        with:
          "# a comment\nbatch:   2 # two\n\"data\": 'corpus'\nsteps: 0xa\nmodel: gpt\naccumulate: 1\ndrop_last: true"
      )
    #expect(try keys(small) == keys(other))
  }

  @Test("Prose and the order of cells leave keys alone")
  func prose() throws {
    let turned = "# Title\n\n" + smallCells.reversed().map { $0 + "Text.\n\n" }.joined()
    #expect(try keys(small) == keys(turned))
  }

  @Test(
    "Options of presentation and of checking leave a key alone",
    arguments: [
      "label: x", "caption: x", "echo: false", "tags: [a]", "tolerance: {loss: 1}",
      "timeout: 3", "cache: false", "when: false",
    ])
  func presentation(option: String) throws {
    let other = small.replacing("model: gpt\n", with: "#| \(option)\nmodel: gpt\n")
    #expect(try keys(small) == keys(other))
  }

  @Test("Threads, numerics and the notebook's memory limit leave keys alone")
  func settings() throws {
    let text = front("nbrun: {threads: 2, numerics: portable, memory_limit: 2 GiB}")
    #expect(try keys(small) == keys(text))
  }

  @Test("A plan's gradients are there together where its run would need them")
  func gatheredGradients() throws {
    func text(_ lines: String) -> String {
      small + directive("plan", "p", "model: gpt\nbatch: 2\n" + lines)
    }
    func updatesInBackward(_ lines: String) throws -> Bool? {
      guard case .plan(let body) = try cell("p", in: plan(text(lines))).body else { return nil }
      return body.optimizer.updatesInBackward
    }
    #expect(try updatesInBackward("") == true)
    #expect(try updatesInBackward("accumulate: 2") == false)
    #expect(try updatesInBackward("clip_norm: 1") == false)
    func key(_ lines: String) throws -> String? { try keys(text(lines))["p"] }
    let different = try ["", "accumulate: 2", "clip_norm: 1", "clip_norm: 2"].map(key)
    #expect(Set(different).count == 4)
    #expect(try key("accumulate: 1") == key(""))
  }

  @Test("Costs are in the keys of cells whose plan depends on them, 'cost: model' in none")
  func costs() throws {
    func cells(_ front: String, _ line: String) -> String {
      let policies = ["", "checkpoint: {every: 1}", "checkpoint: {budget: 60%}"]
      let trains = policies.enumerated().map { index, policy in
        directive(
          "train", "t\(index)", "model: gpt\ndata: corpus\nsteps: 1\nbatch: 2\n\(policy)\n\(line)")
      }
      let plan = directive("plan", "p", "model: gpt\nbatch: 2\n\(line)")
      return "---\n\(front)\n---\n\n" + small + trains.joined() + plan
    }
    let plain = try keys(cells("title: x", ""))
    #expect(try keys(cells("title: x", "cost: model")) == plain)
    #expect(try keys(cells("nbrun: {cost: model}", "")) == plain)
    #expect(try keys(cells("nbrun: {cost: measured}", "cost: model")) == plain)
    let measured = try keys(cells("title: x", "cost: measured"))
    #expect(Set(plain.keys.filter { plain[$0] != measured[$0] }) == ["t2", "p"])
    #expect(try keys(cells("nbrun: {cost: measured}", "")) == measured)
  }

  @Test(
    "A changed value changes the key of its cell",
    arguments: [
      "steps: 11", "batch: 3", "seed: 1", "optimizer: sgd", "optimizer: {adamw: {lr: 2e-3}}",
      "optimizer: {adamw: {betas: [0.9, 0.99]}}", "schedule: {linear: {floor: 0.1}}",
      "schedule: cosine", "clip_norm: 1", "checkpoint: sqrt", "checkpoint: {every: 1}",
      "memory_limit: 1 GiB", "offload: disk", "verify: replay", "log_every: 2", "accumulate: 2",
      "drop_last: false",
      "evaluate: {every: 5, split: train}",
      "evaluate: {every: 5, split: train, metrics: [accuracy]}", "freeze: wte",
      "optimizer: adam", "optimizer: {sgd: {momentum: 0.9, nesterov: true}}",
      "optimizer: {adamw: {no_decay: [bias]}}", "optimizer: {adamw: {in_backward: false}}",
      "optimizer: {adamw: {groups: [{match: bias, lr_scale: 2}]}}",
      "schedule: {step: {every: 3}}", "schedule: {one_cycle: {pct_start: 0.5}}",
    ])
  func changedValue(line: String) throws {
    let key = line.prefix { $0 != ":" }
    var lines = ["model: gpt", "data: corpus", "steps: 10", "batch: 2"]
    let body = lines.joined(separator: "\n")
    lines.removeAll { $0.hasPrefix("\(key):") }
    let changed = (lines + [line]).joined(separator: "\n")
    let before = try keys(small)
    let after = try keys(small.replacing(body, with: changed))
    #expect(before["run"] != after["run"])
    #expect(before["gpt"] == after["gpt"] && before["corpus"] == after["corpus"])
  }

  @Test("A change in a model or a data set changes the keys of the cells that use it, no others")
  func propagation() throws {
    let other =
      small + directive("model", "alone", "preset: mlp\nfeatures: 2\nhidden: 3\nclasses: 2")
    let before = try keys(other)
    let after = try keys(other.replacing("num_layers: 2", with: "num_layers: 3"))
    #expect(before["gpt"] != after["gpt"] && before["run"] != after["run"])
    #expect(before["corpus"] == after["corpus"] && before["alone"] == after["alone"])
  }

  @Test("Only the parameters that a cell refers to enter its key")
  func parameters() throws {
    let text = front(
      "params: {steps: 10, vocab: 256}",
      small.replacing("steps: 10", with: "steps: ${steps}")
        .replacing("{vocab_size: 256", with: "{vocab_size: ${vocab}"))
    let before = try keys(text)
    let after = try keys(text, overrides: ["steps=12"])
    #expect(before["run"] != after["run"])
    #expect(before["corpus"] == after["corpus"] && before["gpt"] == after["gpt"])
    #expect(try keys(small) == before)
  }

  @Test("The contents of files enter the key of data, their written outputs do not")
  func files() throws {
    let text = directive("data", "d", "tokens: {files: [\"*.md\"], tokenizer: bytes}")
    let book = "Text.\n\n" + directive("model", "m", "preset: gpt2")
    let output =
      "<!-- #region nbrun:out m in=00000000 sum=00000000 -->\n\n| a |\n\n"
      + "<!-- #endregion nbrun:out m -->\n"
    let plain = try keys(text, files: ["a.md": book])
    let edited = try keys(text, files: ["a.md": book + "More.\n"])
    #expect(plain != edited)
    let written = try plan(text, files: ["a.md": book + output]).cells[0]
    let rewritten = try plan(
      text, files: ["a.md": book + output.replacing("| a |", with: "| b |")]
    ).cells[0]
    #expect(written.key == rewritten.key)
  }

  @Test("The files under deps enter the key")
  func dependencies() throws {
    let text = small.replacing("model: gpt\n", with: "#| deps: a.txt\nmodel: gpt\n")
    let before = try keys(text, files: ["a.txt": "1"])
    let after = try keys(text, files: ["a.txt": "2"])
    #expect(before["run"] != after["run"] && before["gpt"] == after["gpt"])
  }

  @Test("The engine's version enters every key")
  func engine() throws {
    let one = try keys(small)
    let two = try keys(small, engine: "2")
    #expect(one.allSatisfy { $0.value != two[$0.key] })
  }

  @Test("An expected error and the limit that causes it enter the key")
  func expectedError() throws {
    let failing = small.replacing("model: gpt\n", with: "#| error: true\nmodel: gpt\n")
    let plain = try keys(failing)
    let limited = try keys(front("nbrun: {memory_limit: 1 MiB}", failing))
    #expect(try keys(small)["run"] != plain["run"])
    #expect(plain["run"] != limited["run"])
  }

  @Test("A plan that takes what the memory limit leaves has the limit in its key")
  func automaticBudget() throws {
    let automatic = small.replacing("batch: 2", with: "batch: 2\ncheckpoint: auto")
    func key(_ text: String, _ limit: Int) throws -> String? {
      try keys(front("nbrun: {memory_limit: \(limit) MiB}", text))["run"]
    }
    #expect(try key(automatic, 8) != key(automatic, 9))
    #expect(try key(small, 8) == key(small, 9))
    let own = automatic.replacing("auto", with: "auto\nmemory_limit: 7 MiB")
    #expect(try key(own, 8) == key(own, 9))
  }

  @Test("The parts of a key tell what changed")
  func parts() throws {
    let before = try cell("run", in: plan(small)).keyParts
    let after = try cell("run", in: plan(small.replacing("steps: 10", with: "steps: 11"))).keyParts
    let changed = after.filter { !before.contains($0) }
    #expect(changed == [KeyPart(name: "steps", value: "11")])
  }

  @Test("Random train bodies: shuffled lines keep the key, a changed value changes it")
  func randomBodies() throws {
    for seed in 0..<60 {
      var random = RepeatableGenerator(seed: seed)
      let lines = randomLines(&random)
      let text = { (lines: [String]) in
        small + directive("train", "random", lines.joined(separator: "\n"))
      }
      let key = try keys(text(lines))["random"]
      let shuffled = lines.shuffled(using: &random).map { "\($0)  # \(seed)" }
      #expect(try keys(text(shuffled))["random"] == key, "seed \(seed)")
      let position = Int.random(in: 2..<lines.count, using: &random)
      var changed = lines
      changed[position] = changedLine(lines[position])
      #expect(try keys(text(changed))["random"] != key, "seed \(seed), \(changed[position])")
    }
  }

  private func randomLines(_ random: inout RepeatableGenerator) -> [String] {
    var lines = ["model: gpt", "data: corpus"]
    lines.append("steps: \(Int.random(in: 20...99, using: &random))")
    lines.append("batch: \(Int.random(in: 1...6, using: &random))")
    let optional = [
      "seed: \(Int.random(in: 1...99, using: &random))",
      "accumulate: \(Int.random(in: 2...9, using: &random))",
      "clip_norm: \(Int.random(in: 1...9, using: &random))",
      "log_every: \(Int.random(in: 2...9, using: &random))",
      "memory_limit: \(Int.random(in: 1...9, using: &random))",
    ]
    return lines + optional.filter { _ in random.oneIn(2) }
  }

  private func changedLine(_ line: String) -> String { line + "1" }

  @Test("A data cell's key depends on the contents of its files, not on their names")
  func dataFiles() throws {
    func key(_ names: (String, String), _ files: [String: String]) throws -> String? {
      let text = directive("data", "d", "idx: {features: \(names.0), targets: \(names.1)}")
      return try keys(text, files: files)["d"]
    }
    let features = "\0\0\u{8}\u{2}\0\0\0\u{1}\0\0\0\u{2}ab"
    let targets = "\0\0\u{8}\u{1}\0\0\0\u{1}\0"
    let first = try key(("x", "y"), ["x": features, "y": targets])
    #expect(try key(("z", "y"), ["z": features, "y": targets]) == first)
    #expect(
      try key(("x", "y"), ["x": features.replacing("ab", with: "ac"), "y": targets]) != first)
  }
}
