import DataFiles
import Digests

extension KeyFields {
  mutating func add(_ data: DataSpec) {
    add(data.split)
    switch data.source {
    case .randomTokens(let vocabularySize, let length, let seed):
      add("source", "random")
      add("vocab_size", vocabularySize)
      add("length", length)
      add("seed", seed)
    case .textFiles(let files, let tokenizer):
      add("source", "files")
      add(tokenizer)
      add(files)
    case .blobs(let classes, let features, let examples, let seed):
      add("source", "blobs")
      add("classes", classes)
      add("features", features)
      add("examples", examples)
      add("seed", seed)
    case .spirals(let classes, let examples, let noise, let seed):
      add("source", "spirals")
      add("classes", classes)
      add("examples", examples)
      add("noise", noise)
      add("seed", seed)
    case .digits(let digits):
      add("source", "digits")
      add("size", digits.size)
      add("examples", digits.examples)
      add("noise", digits.noise)
      add("shift", digits.shift)
      add("seed", digits.seed)
    case .copy(let length, let vocabularySize, let examples, let seed):
      add("source", "copy")
      add("length", length)
      add("vocab_size", vocabularySize)
      add("examples", examples)
      add("seed", seed)
    case .addition(let digits, let isReversed, let examples, let seed):
      add("source", "addition")
      add("digits", digits)
      add("reverse", isReversed)
      add("examples", examples)
      add("seed", seed)
    case .arrays(let arrays): add(arrays)
    case .cifar(let images): add(images)
    case .table(let table): add(table)
    }
  }

  private mutating func add(_ split: DataSplit) {
    add("split.validation", split.validation)
    if split.test > 0 { add("split.test", split.test) }
    add("split.shuffle", split.shuffleSeed)
  }

  private mutating func add(_ tokenizer: TokenizerSpec) {
    switch tokenizer {
    case .bytes: add("tokenizer", "bytes")
    case .bytePairs(let vocabulary, let merges, _):
      add("tokenizer", "bpe")
      add("tokenizer.vocab", vocabulary.digest.hex)
      add("tokenizer.merges", merges.digest.hex)
    }
  }

  private mutating func add(_ arrays: ArraySpec) {
    add("source", arrays.format.rawValue)
    add("content", arrays.content.rawValue)
    add("vocab_size", arrays.vocabularySize)
    add(arrays.scaling)
    add(arrays.main, "main")
    if let test = arrays.test { add(test, "test") }
  }

  private mutating func add(_ part: ArraySpec.Part, _ name: String) {
    let arrays = [
      ("inputs", part.inputs), ("targets", part.targets), ("lengths", part.lengths),
      ("types", part.types),
    ]
    for (role, array) in arrays {
      guard let array else { continue }
      add("\(name).\(role)", array.file.digest.hex)
      if let tensor = array.tensor { add("\(name).\(role).tensor", tensor) }
    }
  }

  private mutating func add(_ images: CIFARSpec) {
    add("source", images.variant.rawValue)
    add(images.scaling)
    add("main", images.main.map(\.digest.hex))
    add("test", images.test.map(\.digest.hex))
  }

  private mutating func add(_ scaling: ScalingSpec) {
    add("scale", scaling.divisor)
    add("mean", scaling.mean) { $0.add($1, $2) }
    add("std", scaling.deviation) { $0.add($1, $2) }
  }

  private mutating func add(_ table: TableSpec) {
    add("source", "table")
    add("file", table.file.digest.hex)
    add("columns", table.columns) { fields, name, column in
      fields.add(name, column.name)
      fields.add("\(name).type", column.kind.rawValue)
    }
    add("target", table.target)
    add("delimiter", Int(table.delimiter))
    add("header", table.hasHeader)
    add("missing", table.missing.rawValue)
    add("normalize", table.isNormalized)
    // A store may hold records of other data under the fields above: with means of rounded numbers,
    // constant columns divided by their rounding, places for words of held-out rows.
    if table.isNormalized || table.missing == .keep { add("means", "f64") }
    if table.isNormalized { add("constants", "by range") }
    if table.hasWords { add("words", "of training") }
  }
}
