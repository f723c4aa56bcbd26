import DataFiles

extension DataSpec {
  /// What examples look like, as far as it is known before the data is read.
  public enum Form: Hashable, Sendable {
    /// One sequence of tokens, cut into windows of the model's context.
    case stream(vocabularySize: Int?)
    /// Rows of tokens; `isPerToken` tells targets for each token from one for each row.
    case rows(length: Int, vocabularySize: Int?, isPerToken: Bool)
    /// Vectors [width] or images [height, width, channels]; nil where only the data tells.
    case features(shape: [Int]?)
  }

  /// What examples look like.
  public var form: Form {
    switch source {
    case .randomTokens(let vocabularySize, _, _): .stream(vocabularySize: vocabularySize)
    case .textFiles(_, let tokenizer): .stream(vocabularySize: tokenizer.vocabularySize)
    case .blobs(_, let features, _, _): .features(shape: [features])
    case .spirals: .features(shape: [2])
    case .digits(let digits): .features(shape: [digits.size, digits.size, 1])
    case .copy(let length, let vocabularySize, _, _):
      .rows(length: 2 * length, vocabularySize: vocabularySize, isPerToken: true)
    case .addition(let digits, _, _, _):
      .rows(length: 3 * digits + 2, vocabularySize: 12, isPerToken: true)
    case .arrays(let arrays): arrays.form
    case .cifar: .features(shape: [32, 32, 3])
    case .table(let table): .features(shape: table.featureShape)
    }
  }

  /// What turned texts into the tokens; nil where they are those of no text.
  public var tokenizer: TokenizerSpec? {
    if case .textFiles(_, let tokenizer) = source { return tokenizer }
    return nil
  }

  /// Number of different tokens; nil where examples are no tokens, or only the data tells.
  public var vocabularySize: Int? {
    switch form {
    case .stream(let size), .rows(_, let size, _): size
    case .features: nil
    }
  }

  /// Classes of the labels; nil where there are none, or only the data tells.
  public var classes: Int? {
    switch source {
    case .blobs(let classes, _, _, _), .spirals(let classes, _, _, _): classes
    case .digits: 10
    case .cifar(let images): images.variant.classes
    case .randomTokens, .textFiles, .copy, .addition, .arrays, .table: nil
    }
  }

  /// Numbers to predict of each example; nil where tokens or classes are, or only the data tells.
  public var predictedNumbers: Int? {
    switch source {
    case .arrays(let arrays):
      arrays.main.targets.flatMap { $0.isInteger ? nil : $0.shape.dropFirst().reduce(1, *) }
    case .table(let table): table.predictsClasses ? nil : 1
    default: nil
    }
  }

  /// Whether tokens have labels of their own, not the next tokens as targets.
  var hasLabels: Bool {
    if case .arrays(let arrays) = source { arrays.main.targets != nil } else { false }
  }

  /// Tokens or examples that are split; nil where only the data tells.
  public var count: Int? {
    switch source {
    case .randomTokens(_, let length, _): length
    case .textFiles(let files, .bytes): files.reduce(0) { $0 + $1.content.count }
    case .blobs(_, _, let examples, _), .spirals(_, let examples, _, _),
      .copy(_, _, let examples, _), .addition(_, _, let examples, _):
      examples
    case .digits(let digits): digits.examples
    case .arrays(let arrays): arrays.rows(of: arrays.main)
    case .cifar(let images): images.count
    case .textFiles, .table: nil
    }
  }

  /// Examples of a test part of its own; nil where there is none.
  public var ownTestCount: Int? {
    switch source {
    case .arrays(let arrays): arrays.test.map(arrays.rows)
    case .cifar(let images) where !images.test.isEmpty: images.testCount
    default: nil
    }
  }

  /// The names of the parts that have examples.
  public var splitNames: [String] {
    var names = ["train"]
    if split.validation > 0 { names.append("validation") }
    if split.test > 0 || ownTestCount != nil { names.append("test") }
    return names
  }

  /// What splits count: `tokens` of a stream, else `examples`.
  var unit: String {
    if case .stream = form { return "tokens" }
    return "examples"
  }
}

extension ArraySpec {
  fileprivate var form: DataSpec.Form {
    if isStream { return .stream(vocabularySize: vocabularySize) }
    guard content == .tokens else { return .features(shape: exampleShape) }
    let isPerToken = main.targets.map { $0.isInteger && $0.shape.count > 1 } ?? true
    return .rows(
      length: rowLength, vocabularySize: vocabularySize, isPerToken: isPerToken)
  }

  /// Tokens of a row that a model reads: where the next ones are targets, the last is none.
  private var rowLength: Int {
    let length = exampleShape.first ?? 0
    return main.targets == nil ? length - 1 : length
  }

  /// Rows of a part, or the tokens of a stream.
  fileprivate func rows(of part: Part) -> Int { part.inputs.shape.first ?? 0 }
}

extension TableSpec {
  /// One feature a numeric column; how many a category has, only the data tells.
  fileprivate var featureShape: [Int]? {
    let features = columns.filter { $0.name != target }
    return features.contains { $0.kind == .category } ? nil : [features.count]
  }
}
