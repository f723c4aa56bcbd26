/// Rows of tokens of one length, which may be padded, each with its targets.
public struct SequenceExamples: Hashable, Sendable {
  /// Tokens of a row.
  public var length: Int
  /// The tokens, row after row.
  public var tokens: [Int32]
  /// How many tokens of each row count, from its beginning; empty if all do.
  public var lengths: [Int32]
  /// The type of each token, such as BERT's two sentences; empty if they have none.
  public var types: [Int32]
  /// One class a row, or one label a token.
  public var targets: Targets

  /// Creates rows; all parts have the same number of them.
  public init(
    length: Int, tokens: [Int32], lengths: [Int32] = [], types: [Int32] = [], targets: Targets
  ) {
    self.length = length
    self.tokens = tokens
    self.lengths = lengths
    self.types = types
    self.targets = targets
  }

  /// Creates rows whose targets are the next tokens.
  ///
  /// - Parameters:
  ///   - rows: tokens of each row, `length` + 1: the last is a target only.
  ///   - firstTarget: the first position of a row whose next token counts; targets before it, such
  ///     as those inside a question, are ignored.
  public init(predictingNextOf rows: [Int32], length: Int, firstTarget: Int = 0) {
    let count = rows.count / (length + 1)
    var tokens: [Int32] = []
    var labels: [Int32] = []
    for row in 0..<count {
      let first = row * (length + 1)
      tokens += rows[first..<first + length]
      labels += (0..<length).map { $0 < firstTarget ? Targets.uncounted : rows[first + $0 + 1] }
    }
    self.init(
      length: length, tokens: tokens, targets: .classes(labels, perExample: length))
  }

  /// How many rows there are.
  public var count: Int { targets.count }

  /// Whether some tokens of some row don't count.
  var isPadded: Bool { lengths.contains { Int($0) < length } }

  /// Some of the rows, in the order of these numbers.
  public func part(_ examples: [Int]) -> SequenceExamples {
    SequenceExamples(
      length: length, tokens: rows(examples, of: tokens, length),
      lengths: lengths.isEmpty ? [] : rows(examples, of: lengths, 1),
      types: types.isEmpty ? [] : rows(examples, of: types, length),
      targets: targets.part(examples))
  }
}
