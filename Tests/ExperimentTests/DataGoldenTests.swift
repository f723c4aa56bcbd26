import Testing

/// Malformed data files and bodies; their diagnostics are in `Goldens/data.txt`.
@Suite("Each mistake in data is reported with its file, its place and the remedy")
struct DataGoldenTests {
  /// The header of an IDX file: sizes below 128.
  private func idx(_ sizes: [UInt8], type: UInt8 = 8, bytes: Int) -> String {
    let header: [UInt8] = [0, 0, type, UInt8(sizes.count)] + sizes.flatMap { [0, 0, 0, $0] }
    return String(decoding: header + [UInt8](repeating: 1, count: bytes), as: UTF8.self)
  }

  private func data(_ body: String) -> String { directive("data", "d", body) }

  private func image(_ height: Int, _ width: Int) -> String {
    directive(
      "model", "net",
      "input: {image: [\(height), \(width), 1]}\nlayers: [flatten, linear: {out: 2}]\nloss: mse")
  }

  @Test("Files whose header is malformed")
  func headers() {
    let table = "table: {file: t.csv, columns: {a: number, b: category}, target: b}"
    let bpe = "tokens: {files: a, tokenizer: {bpe: {vocab: v.json, merges: m.txt}}}"
    let npy = "npy: {features: x, targets: y}"
    let arrays = "idx: {features: x, targets: y}"
    expect(
      [
        BadInput("empty CSV", data(table), files: ["t.csv": ""]),
        BadInput("unknown column", data(table), files: ["t.csv": "a,bb\n1,x\n"]),
        BadInput("open quote in names", data(table), files: ["t.csv": "a,\"b\n"]),
        BadInput(
          "vocabulary", data(bpe), files: ["a": "x", "v.json": "{\"a\": 0", "m.txt": ""]),
        BadInput(
          "merges", data(bpe), files: ["a": "x", "v.json": "{\"a\": 0}", "m.txt": "a b\n"]),
        BadInput("no NPY", data(npy), files: ["x": "PK", "y": "PK"]),
        BadInput(
          "truncated IDX", data(arrays),
          files: ["x": idx([2, 3], bytes: 5), "y": idx([2], bytes: 2)]),
        BadInput(
          "rows differ", data(arrays),
          files: ["x": idx([2, 3], bytes: 6), "y": idx([3], bytes: 3)]),
        BadInput(
          "MNIST swapped", data("images: {idx: {images: y, labels: x}}"),
          files: ["x": idx([2, 3, 3], bytes: 18), "y": idx([2], bytes: 2)]),
        BadInput(
          "CIFAR cut off", data("images: {cifar10: [x]}"), files: ["x": "too short"]),
        BadInput(
          "safetensors", data("safetensors: {file: x, features: a, targets: b}"),
          files: ["x": "\u{10}\0\0\0\0\0\0\0{}"]),
        BadInput(
          "unknown tensor", data("safetensors: {file: x, tokens: a}"),
          files: ["x": "\u{2}\0\0\0\0\0\0\0{}"]),
      ], golden: "data-files.txt")
  }

  @Test("Bodies that say too little, too much, or nothing that makes sense")
  func bodies() {
    let csv = ["t.csv": "a,b\n1,x\n"]
    expect(
      [
        BadInput("two formats", data("images: {cifar10: x, cifar100: x}")),
        BadInput("unknown key", data("digits: {examples: 10, sizes: 28}")),
        BadInput(
          "target is no column",
          data("table: {file: t.csv, columns: {a: number, b: category}, target: c}"), files: csv),
        BadInput(
          "text column", data("table: {file: t.csv, columns: {a: text, b: category}, target: b}"),
          files: csv),
        BadInput(
          "no features", data("table: {file: t.csv, columns: {b: category}, target: b}"), files: csv
        ),
        BadInput(
          "delimiter",
          data(
            "table: {file: t.csv, columns: {a: number, b: category}, target: b, delimiter: ';;'}"),
          files: csv),
        BadInput(
          "all held out", data("digits: {examples: 10, split: {validation: 0.5, test: 0.5}}")),
        BadInput(
          "two test parts", data("images: {cifar10: x, test: x, split: {test: 0.1}}"),
          files: ["x": String(repeating: "\u{1}", count: 3073)]),
        BadInput(
          "deviations", data("images: {cifar10: x, mean: [1, 2]}"),
          files: ["x": String(repeating: "\u{1}", count: 3073)]),
        BadInput(
          "features and tokens", data("idx: {features: x, tokens: x}"),
          files: ["x": idx([2], bytes: 2)]),
        BadInput(
          "keys that nobody would read",
          data("idx: {features: x, targets: y, lengths: y, vocab_size: 3}")
            + data("idx: {tokens: x, scale: 255, mean: 1}").replacing("#d}", with: "#e}"),
          files: ["x": idx([2, 3], bytes: 6), "y": idx([2], bytes: 2)]),
        BadInput("no targets", data("idx: {features: x}"), files: ["x": idx([2], bytes: 2)]),
        BadInput(
          "fractions as tokens", data("idx: {tokens: x}"),
          files: ["x": idx([1], type: 0x0D, bytes: 4)]),
        BadInput("addition of many digits", data("addition: {digits: 20, examples: 10}")),
      ], golden: "data-bodies.txt")
  }

  @Test("Data that a model can't read")
  func fits() {
    func run(_ data: String, _ model: String, _ more: String = "") -> String {
      self.data(data) + model
        + directive("train", "t", "model: net\ndata: d\nsteps: 1\nbatch: 1\n\(more)")
    }
    let numbers = "table: {file: t.csv, columns: {a: number, b: number}, target: b}"
    func language(_ context: Int, _ vocabulary: Int) -> String {
      directive(
        "model", "net",
        "preset: gpt2\nnum_layers: 1\nhidden_size: 8\nnum_heads: 1\nvocab_size: \(vocabulary)\ncontext_length: \(context)"
      )
    }
    expect(
      [
        BadInput("context", run("copy: {length: 4, examples: 10}", language(7, 11))),
        BadInput("vocabulary", run("addition: {digits: 2, examples: 10}", language(8, 11))),
        BadInput("images", run("digits: {examples: 10, size: 16}", image(28, 28))),
        BadInput("classes", run("digits: {examples: 10, size: 28}", image(28, 28))),
        BadInput(
          "channels first", run("idx: {features: x, targets: y}", image(4, 5)),
          files: ["x": idx([2, 1, 4, 5], bytes: 40), "y": idx([2], bytes: 2)]),
        BadInput("images for tokens", run("digits: {examples: 10}", language(8, 11))),
        BadInput(
          "tokens of another tokenizer",
          run("tokens: {files: a, tokenizer: bytes}", language(1, 256))
            + data(
              "tokens: {files: a, tokenizer: {bpe: {vocab: v.json, merges: m.txt}}}"
            ).replacing("#d}", with: "#e}")
            + directive("eval", "s", "train: t\ndata: e\nsplit: train"),
          files: ["a": "aaa", "v.json": "{\"a\": 0}", "m.txt": ""]),
        BadInput(
          "no test part",
          run(
            "copy: {length: 4, examples: 10}", language(8, 11), "evaluate: {every: 1, split: test}")
        ),
        BadInput(
          "split that rounds to nothing",
          data("blobs: {classes: 2, features: 1, examples: 12, split: {test: 0.01}}")
            + directive("model", "net", "preset: mlp\nfeatures: 1\nhidden: 2\nclasses: 2")
            + directive("train", "t", "model: net\ndata: d\nsteps: 1\nbatch: 1")
            + directive("eval", "e", "train: t\nsplit: test")),
        BadInput(
          "numbers for a loss of classes",
          run(
            numbers, directive("model", "net", "preset: mlp\nfeatures: 1\nhidden: 2\nclasses: 2")),
          files: ["t.csv": "a,b\n1,2\n"]),
        BadInput(
          "words for a number",
          run(
            "table: {file: t.csv, columns: {a: number, b: category}, target: b}",
            directive("model", "net", "preset: mlp\nfeatures: 1\nhidden: 2\nout: 1")),
          files: ["t.csv": "a,b\n1,yes\n"]),
        BadInput(
          "more outputs than numbers",
          run(numbers, directive("model", "net", "preset: mlp\nfeatures: 1\nhidden: 2\nout: 2")),
          files: ["t.csv": "a,b\n1,2\n"]),
      ], golden: "data-fits.txt")
  }
}
