import DataFiles
import Diagnostics
import Foundation
import Records
import Runner
import TestSupport
import Testing

@Suite("Data cells")
struct DataTests {
  @Test("Rendered digits are images with ten classes that differ by digit, not by seed alone")
  func digits() throws {
    let report = try DataProject().run(
      "digits: {examples: 40, size: 16, split: {validation: 0.25, test: 0.1}}",
      model: "input: {features: 256}\nlayers: [linear: {out: 10}]", evaluate: "test")
    expectTrained(report)
    #expect(report.data?.shape == [16, 16, 1])
    #expect(report.data?.splits.map(\.count) == [26, 10, 4])
  }

  @Test("The copy task's answer is the question, and only the answer is predicted")
  func copyTask() throws {
    let report = try DataProject().run(
      "copy: {length: 3, vocab_size: 5, examples: 12, split: {validation: 0.5}}",
      model: language(6, 5), evaluate: "validation")
    expectTrained(report)
    let row = try #require(report.data?.examples.first).split(separator: " ")
    #expect(row.count == 7 && row[3] == "0" && row[..<3] == row[4...])
  }

  @Test("Sums are right, with their digits in either order")
  func addition() throws {
    for isReversed in [false, true] {
      let report = try DataProject().run(
        "addition: {digits: 2, examples: 8, reverse: \(isReversed)}", model: language(8, 12))
      expectTrained(report)
      for row in try #require(report.data?.examples) {
        let parts = row.split { $0 == "+" || $0 == "=" }.map(String.init)
        let sum = isReversed ? String(parts[2].reversed()) : parts[2]
        #expect(try #require(Int(parts[0])) + #require(Int(parts[1])) == Int(sum), "\(row)")
      }
    }
  }

  @Test("A table's numbers and categories are features, its target classes or a number")
  func table() throws {
    let rows = (0..<12).map {
      "\($0).5,\(["red", "blue", "green"][$0 % 3]),\(["no", "yes"][$0 % 2])"
    }
    let text = (["size,colour,sold"] + rows).joined(separator: "\n")
    let project = try DataProject(["t.csv": Array(text.utf8)])
    let columns = "columns: {size: number, colour: category, sold: category}"
    let classes = try project.run(
      "table: {file: t.csv, \(columns), target: sold, normalize: true, split: {validation: 0.25}}",
      model: "preset: mlp\nfeatures: 4\nhidden: [4]\nclasses: 2", evaluate: "validation")
    expectTrained(classes)
    #expect(classes.data?.shape == [4])
    #expect(classes.data?.examples == ["class 0: no", "class 1: yes"])
    let number = try project.run(
      "table: {file: t.csv, \(columns), target: size}",
      model: "input: {features: 5}\nlayers: [linear: {out: 1}]\nloss: mse")
    expectTrained(number)
  }

  @Test("Missing values of a table are refused, their rows dropped, or the mean put for them")
  func missing() throws {
    let project = try DataProject(["t.csv": Array("a,b\n1,x\n,y\n3,x\n5,y\n".utf8)])
    func table(_ missing: String) -> String {
      "table: {file: t.csv, columns: {a: number, b: category}, target: b, missing: \(missing)}"
    }
    #expect(try project.run(table("drop")).data?.splits.map(\.count) == [3])
    #expect(try project.run(table("mean")).data?.splits.map(\.count) == [4])
    let failure = try project.run(table("refuse")).failure("d")
    #expect(failure?.message == "t.csv, line 3, column 1: column 'a' has no value")
  }

  @Test("A column is normalized before it is rounded")
  func largeNumbers() throws {
    let rows = (0..<8).map { "\(1_700_000_000 + $0),\($0 < 4 ? "a" : "b")" }
    let project = try DataProject(["t.csv": Array(("x,y\n" + rows.joined(separator: "\n")).utf8)])
    let report = try project.run(
      "table: {file: t.csv, columns: {x: number, y: category}, target: y, normalize: true}",
      model: "preset: mlp\nfeatures: 1\nhidden: [8]\nclasses: 2", steps: 200)
    let loss = try #require(report.record("t")?.metrics["loss"]?.last)
    // Of eight equal features nothing is learnt: the loss would stay at ln 2.
    #expect(loss < 0.5)
  }

  @Test("A stream of tokens may have a test stream of its own")
  func testStream() throws {
    let project = try DataProject([
      "a.npy": npy("|u1", "(12,)", (0..<12).map { $0 % 5 }),
      "b.npy": npy("|u1", "(9,)", (0..<9).map { $0 % 7 }),
    ])
    let report = try project.run(
      "npy: {tokens: a.npy, test: {tokens: b.npy}}", model: language(4, 7), evaluate: "test")
    expectTrained(report)
    #expect(report.data?.splits.map(\.count) == [12, 9])
    #expect(report.data?.vocabularySize == 7)
  }

  @Test("NPY arrays are features with classes or numbers, a stream of tokens, or rows of them")
  func arrays() throws {
    let floats = (0..<24).flatMap { number in
      withUnsafeBytes(of: Float(number).bitPattern.littleEndian) { Array($0) }
    }
    let project = try DataProject([
      "x.npy": npy("<f4", "(6, 4)", floats), "c.npy": npy("|u1", "(6,)", [0, 1, 2, 0, 1, 2]),
      "y.npy": npy("<f4", "(6, 2)", Array(floats[..<48])),
      "s.npy": npy("|u1", "(20,)", (0..<20).map { $0 % 7 }),
      "r.npy": npy("|u1", "(4, 5)", (0..<20).map { $0 % 7 }),
      "l.npy": npy("|u1", "(4,)", [5, 2, 3, 1]),
    ])
    expectTrained(
      try project.run(
        "npy: {features: x.npy, targets: c.npy, test: {features: x.npy, targets: c.npy}}",
        model: classifier, evaluate: "test"))
    expectTrained(
      try project.run(
        "npy: {features: x.npy, targets: y.npy, scale: 24, mean: 0.5, std: 2}",
        model: "input: {features: 4}\nlayers: [linear: {out: 2}]\nloss: mse"))
    // A mean for each feature is that of all where they are equal.
    let regression = "input: {features: 4}\nlayers: [linear: {out: 2}]\nloss: mse"
    let digests = try ["0.5", "[0.5, 0.5, 0.5, 0.5]", "[0.5, 0.5, 0.5, 0.4]"].map { mean in
      try project.run("npy: {features: x.npy, targets: y.npy, mean: \(mean)}", model: regression)
        .record("t")?.digest["losses"]
    }
    #expect(digests[0] != nil && digests[0] == digests[1] && digests[0] != digests[2])
    expectTrained(try project.run("npy: {tokens: s.npy}", model: language(4, 7)))
    expectTrained(
      try project.run("npy: {tokens: r.npy, lengths: l.npy}", model: language(4, 7)))
  }

  @Test("MNIST's pairs of files are images with a test part of their own")
  func mnist() throws {
    let project = try DataProject([
      "images": idx([6, 2, 2], (0..<24).map { $0 * 10 }), "labels": idx([6], [0, 1, 2, 0, 1, 2]),
      "test-images": idx([2, 2, 2], (0..<8).map { $0 }), "test-labels": idx([2], [1, 2]),
    ])
    let report = try project.run(
      """
      images:
        idx: {images: images, labels: labels}
        test: {images: test-images, labels: test-labels}
        mean: 0.13
        std: 0.3
        split: {validation: 0.34}
      """, model: classifier, evaluate: "test")
    expectTrained(report)
    #expect(report.data?.shape == [2, 2, 1])
    #expect(report.data?.splits.map(\.name) == ["train", "validation", "test"])
    #expect(report.data?.splits.map(\.count) == [4, 2, 2])
  }

  @Test("CIFAR's files are images of three channels")
  func cifar() throws {
    let record = (0..<3072).map { UInt8(truncatingIfNeeded: $0) }
    let project = try DataProject([
      "batch_1.bin": [3] + record + [9] + record, "batch_2.bin": [0] + record,
    ])
    let report = try project.run(
      "images: {cifar10: 'batch_*.bin', mean: [0.5, 0.5, 0.4], std: 0.25}",
      model: "input: {features: 3072}\nlayers: [linear: {out: 10}]")
    expectTrained(report)
    #expect(report.data?.shape == [32, 32, 3])
    #expect(report.data?.splits.map(\.count) == [3])
  }

  @Test("Tensors of a safetensors file are features and targets")
  func safetensors() throws {
    var writer = SafetensorsWriter()
    try writer.add("x", shape: [3, 2], values: [1, 2, 3, 4, 5, 6])
    try writer.add("y", shape: [3], values: [1, 2, 3])
    let project = try DataProject(["data.safetensors": writer.bytes])
    expectTrained(
      try project.run(
        "safetensors: {file: data.safetensors, features: x, targets: y}",
        model: "input: {features: 2}\nlayers: [linear: {out: 1}]\nloss: mse"))
  }

  @Test("Text is cut into byte pairs, documents separated by their token")
  func bytePairs() throws {
    var vocabulary = "{\"<|endoftext|>\": 0, \"ab\": 1"
    for (index, letter) in "abc".enumerated() { vocabulary += ", \"\(letter)\": \(index + 2)" }
    let project = try DataProject([
      "vocab.json": Array((vocabulary + "}").utf8),
      "merges.txt": Array("#version: 0.2\na b\n".utf8),
      "1.txt": Array("ababc".utf8), "2.txt": Array("cabcab".utf8),
    ])
    let report = try project.run(
      "tokens: {files: '*.txt', tokenizer: {bpe: {vocab: vocab.json, merges: merges.txt}}}")
    // The tokenizer's own merges are text files as well: 1.txt and 2.txt come first.
    #expect(
      report.failure("d")?.message.hasPrefix("merges.txt: the vocabulary has no token") == true)
    let named = try project.run(
      "tokens: {files: ['1.txt', '2.txt'], tokenizer: {bpe: {vocab: vocab.json, merges: merges.txt}}}",
      model: language(3, 5))
    expectTrained(named)
    #expect(named.data?.splits.map(\.count) == [3 + 1 + 4])
    #expect(named.data?.vocabularySize == 5)
  }

  @Test("A sequence's targets may be numbers, as many as the model puts out")
  func sequenceNumbers() throws {
    let project = try DataProject([
      "x.npy": npy("|i1", "(2, 3)", [0, 1, 2, 2, 1, 0]),
      "y.npy": npy("<f4", "(2, 2)", [Float(0), 1, 1, 0].flatMap(\.littleEndianBytes)),
    ])
    let model = { (classes: Int, loss: String) in
      """
      preset: bert
      num_layers: 1
      hidden_size: 8
      num_heads: 2
      vocab_size: 4
      max_positions: 3
      head: {classification: \(classes)}
      loss: \(loss)
      """
    }
    for loss in ["mse", "bce"] {
      expectTrained(
        try project.run("npy: {tokens: x.npy, targets: y.npy}", model: model(2, loss)))
    }
    #expect(throws: RunFault.self) {
      try project.run("npy: {tokens: x.npy, targets: y.npy}", model: model(3, "mse"))
    }
  }

}
