import Diagnostics
import Records
import Runner
import TestSupport
import Testing

@Suite("Data that can't be learnt from")
struct DataFaultTests {
  @Test("A token outside the vocabulary is told with its file and place before anything trains")
  func strangeTokens() throws {
    let project = try DataProject([
      "s.npy": npy("|i1", "(6,)", [0, 1, 2, 255, 1, 2]),
      "r.npy": npy("|u1", "(3, 2)", [0, 1, 2, 3, 7, 1]),
    ])
    let below = try project.run("npy: {tokens: s.npy}").failure("d")
    #expect(
      below?.message == "s.npy, example 3: a token is -1, but has to be from 0 to 2147483647")
    let above = try project.run("npy: {tokens: r.npy, vocab_size: 7}").failure("d")
    #expect(
      above?.message == "r.npy, example 2, position 0: a token is 7, but has to be from 0 to 6")
    expectTrained(try project.run("npy: {tokens: r.npy, vocab_size: 8}", model: language(2, 8)))
  }

  @Test("What a header hides fails the cell, with the file and the place")
  func hidden() throws {
    let project = try DataProject([
      "t.csv": Array("a,b\n1,x\n2,y,z\n".utf8), "tokens": idx([9], (0..<9).map { $0 }),
      "batch.bin": [10] + [UInt8](repeating: 0, count: 3072),
      "x": idx([2, 4], (0..<8).map { $0 }), "c": idx([2], [0, 7]),
    ])
    func failure(_ data: String, _ model: String? = nil) throws -> String? {
      let report = try project.run(data, model: model)
      #expect(report.exitCode == .failed)
      return (report.failure("d") ?? report.failure("t"))?.message
    }
    #expect(
      try failure("table: {file: t.csv, columns: {a: number, b: category}, target: b}")
        == "t.csv, line 3: the row has 3 fields, but the first line 2")
    #expect(
      try failure("images: {cifar10: batch.bin}")
        == "batch.bin, record 0, byte 0: the label is 10, but there are 10 classes")
    #expect(
      try failure("idx: {tokens: tokens}", language(4, 7))
        == "tokens, example 7: a token is 7, but has to be from 0 to 6")
    #expect(
      try failure("idx: {features: x, targets: c}", classifier)
        == "c, example 1: a class is 7, but has to be from 0 to 2")
  }

  @Test("Labels that mark what doesn't count are ignored if the loss says so, and only then")
  func markedLabels() throws {
    let project = try DataProject([
      "x.npy": npy("|i1", "(2, 3)", [0, 1, 2, 2, 1, 0]),
      "y.npy": npy("|i1", "(2, 3)", [1, 2, 255, 1, 156, 2]),
    ])
    let labelled = "npy: {tokens: x.npy, targets: y.npy}"
    let failure = try project.run(labelled, model: language(3, 4)).failure("t")
    #expect(
      failure?.message
        == "y.npy, example 0, position 2: a class is -1: classes count from 0, and -100 is ignored")
    #expect(
      failure?.notes == [
        "if it marks what doesn't count, write 'loss: {cross_entropy: {ignore_index: -1}}'"
      ])
    let marking = language(3, 4) + "\nloss: {cross_entropy: {ignore_index: -1}}"
    #expect(
      try project.run(labelled, model: marking).failure("t")?.message
        == "y.npy, example 1, position 1: a class is -100: classes count from 0, and -1 is ignored")
    try project.folder.write("y.npy", bytes: npy("|i1", "(2, 3)", [1, 2, 255, 1, 255, 2]))
    expectTrained(try project.run(labelled, model: marking))
  }

  @Test("A model of several rows an example is not compared with one target, nor with others'")
  func severalRows() throws {
    let project = try DataProject([
      "x.npy": npy("|u1", "(6, 5, 4, 3)", (0..<360).map { UInt8($0 % 256) }),
      "y.npy": npy("|u1", "(6,)", [0, 1, 2, 3, 0, 1]),
      "t.npy": npy("|u1", "(2, 6)", (0..<12).map { $0 }),
      "l.npy": npy("|u1", "(2, 6)", (0..<12).map { $0 % 5 }),
    ])
    func messages(_ data: String, _ model: String) throws -> [String] {
      do {
        let report = try project.run(data, model: model)
        return [report.failure("t")?.message].compactMap(\.self)
      } catch RunFault.invalid(let diagnostics) {
        return diagnostics.map(\.message)
      }
    }
    let images = "npy: {features: x.npy, targets: y.npy}"
    let head = "input: {image: [5, 4, 3]}\nlayers: [conv2d: {out: 4, kernel: 3, padding: 1}"
    for loss in ["cross_entropy", "bce"] {
      #expect(
        try messages(images, "\(head)]\nloss: \(loss)")
          == ["model 'net' puts out 20 rows an example, but data 'd' has one target for it"])
    }
    #expect(try messages(images, "\(head), global_avg_pool]") == [])
    let labels = "npy: {tokens: t.npy, targets: l.npy, vocab_size: 30}"
    let tokens = "input: {tokens: 30, context_length: 6}\nlayers: [embedding: {dim: 8}"
    #expect(
      try messages(labels, "\(tokens), reshape: [3, 16], linear: {out: 5}]")
        == ["model 'net' puts out 3 rows an example, but data 'd' has 6 targets for it"])
    // Labels are not of the vocabulary.
    #expect(try messages(labels, "\(tokens), linear: {out: 5}]") == [])
  }

  @Test("A batch norm is not trained with one value a channel, in whole batches or the last one")
  func singleValues() throws {
    let project = try DataProject()
    let layers = "input: {features: 2}\nlayers: [linear: {out: 4}, batch_norm, linear: {out: 3}]"
    func message(_ examples: Int, _ lines: String) throws -> String? {
      let data = "blobs: {classes: 3, features: 2, examples: \(examples)}"
      return try project.run(data, model: layers, training: lines).failure("t")?.message
    }
    let fault =
      "batch_norm: batch_norm has one value a channel in a batch of one example, "
      + "and so no deviation to divide by"
    #expect(try message(9, "batch: 1") == fault)
    #expect(try message(9, "batch: 4\ndrop_last: false") == fault)
    #expect(try message(9, "batch: 4") == nil)
    #expect(try message(10, "batch: 4\ndrop_last: false") == nil)
  }

  @Test("Types and numbers that no model reads are told with their file and place")
  func strangeNumbers() throws {
    func f32(_ values: Float...) -> [UInt8] { values.flatMap(\.littleEndianBytes) }
    let project = try DataProject([
      "x.npy": npy("<f4", "(3, 2)", f32(0, 1, 2, 3, 4, .nan)),
      "y.npy": npy("<f4", "(3,)", f32(1, -.infinity, 0)),
      "z.npy": npy("<f4", "(3,)", f32(1, 2, 3)),
      "s.npy": npy("|u1", "(2, 3)", [0, 1, 2, 0, 1, 2]),
      "k.npy": npy("|u1", "(2, 3)", [0, 0, 1, 0, 2, 1]),
      "u.npy": npy("<u8", "(1,)", [0, 0, 0, 0, 0, 0, 0, 128]),
    ])
    let regression = "preset: mlp\nfeatures: 2\nhidden: [4]\nout: 1"
    #expect(
      try project.run("npy: {features: x.npy, targets: y.npy}").failure("d")?.message
        == "y.npy, example 1: a target is -inf as f32, but has to be finite")
    #expect(
      try project.run("npy: {features: x.npy, targets: z.npy}", model: regression)
        .failure("t")?.message
        == "x.npy, example 2, position 1: a feature is nan as f32, but has to be finite")
    let typed =
      "input: {tokens: 4, context_length: 2, token_types: 2}\nlayers: [embedding: {dim: 8}, linear: {out: 4}]"
    #expect(
      try project.run("npy: {tokens: s.npy, types: k.npy}", model: typed).failure("t")?.message
        == "k.npy, example 1, position 1: a token's type is 2, but has to be from 0 to 1")
    #expect(
      try project.run("npy: {tokens: u.npy}").failure("d")?.message
        == "u.npy, example 0: a token is 9223372036854775807, but has to be from -2147483648 to 2147483647"
    )
  }

  @Test("A class of a table that no 32 bits hold is told, not brought into their range")
  func hugeClass() throws {
    for huge in [Int.min, -3_000_000_000, .max] {
      let project = try DataProject(["d.csv": Array("a,y\n1,\(huge)\n".utf8)])
      let report = try project.run(
        "table: {file: d.csv, columns: {a: number, y: integer}, target: y}")
      #expect(report.failure("d")?.code == "out-of-range", "\(huge)")
    }
    let project = try DataProject(["d.csv": Array("a,y\n1,2\n2,300000000000\n".utf8)])
    let report = try project.run(
      "table: {file: d.csv, columns: {a: number, y: integer}, target: y}")
    #expect(
      report.failure("d")?.message
        == "d.csv, example 1: a class of 'y' is 300000000000, but has to be from -2147483648 to 2147483647"
    )
  }

  @Test("What a header shows is told before anything runs")
  func shown() throws {
    let project = try DataProject(["x": [0, 0, 8, 1, 0, 0, 0, 9, 1]])
    #expect {
      try project.run("idx: {tokens: x}")
    } throws: { error in
      guard case .invalid(let diagnostics) = error as? RunFault else { return false }
      return diagnostics.map(\.message) == ["x, end: the sizes need 9 bytes, but 1 follow"]
    }
  }
}
